import { expect, test } from 'vitest';
import type { RuntimeInfo } from '../../contract/index.ts';
import { findNetwork } from '../networks/registry.ts';
import { runtimeNotices, sizeNotices } from './lab-notices.ts';
import { settingsFor } from './recipes.ts';

const native: RuntimeInfo = { kind: 'native', device: '', tensorflow: '2.21.0', gpu: false, reason: '' };
const portable: RuntimeInfo = { ...native, kind: 'portable', reason: 'Native TensorFlow is not installed' };

test('without native TensorFlow the dense network alone is trained, and slowly', () => {
  expect(runtimeNotices(native, findNetwork('lenet-5'))).toEqual([]);
  expect(() => runtimeNotices(portable, findNetwork('lenet-5'))).toThrow(
    /LeNet-5 can't be trained here: Native TensorFlow is not installed; expected .*dense-network/,
  );
  expect(runtimeNotices(portable, findNetwork('dense-network'))).toEqual([
    expect.objectContaining({ code: 'SLOW_TRAINING' }),
  ]);
});

test.each(['dense-network', 'lenet-5', 'course-network', 'deep-digits'])('%s is trained as it is', (id) => {
  expect(sizeNotices(findNetwork(id), settingsFor(id, 'mnist'), {})).toEqual([]);
});

test('only what a recipe made smaller is said, not what a person chose', () => {
  const network = findNetwork('alexnet');
  const [all] = sizeNotices(network, settingsFor('alexnet', 'mnist'), {});
  expect(all?.message).toContain(
    '25 % of its channels, on images of 67 × 67 instead of 227 × 227, on at most 12,000',
  );
  const chosen = { width: 0.5, limit: 100 };
  const [rest] = sizeNotices(network, settingsFor('alexnet', 'mnist', chosen), chosen);
  expect(rest?.message).toContain('AlexNet is trained on images of 67 × 67 instead of 227 × 227, so that');
});
