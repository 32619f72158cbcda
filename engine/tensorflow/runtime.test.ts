import { afterAll, expect, test } from 'vitest';
import { currentRuntime, startRuntime, tf } from './index.ts';

afterAll(() => startRuntime());

test('the namespace that everybody imports computes on native TensorFlow', { tags: ['native'] }, async () => {
  const info = await startRuntime();
  expect(info).toMatchObject({ kind: 'native', gpu: false, reason: '' });
  expect(info.tensorflow).toMatch(/^2\./);
  expect(tf.getBackend()).toBe('tensorflow');
  expect(await tf.tensor1d([1, 2, 3]).square().data()).toEqual(Float32Array.of(1, 4, 9));
});

test('the portable runtime computes and differentiates a softmax head', async () => {
  const info = await startRuntime({ kind: 'portable' });
  expect(info.reason).toBe('The portable runtime was asked for');
  expect(tf.getBackend()).toBe('wasm');
  expect(currentRuntime()).toBe(info);
  const kernel = tf.variable(tf.zeros([2, 2]));
  const loss = () => tf.losses.softmaxCrossEntropy(tf.eye(2), tf.matMul(tf.eye(2), kernel)).asScalar();
  const before = loss().dataSync()[0] ?? NaN;
  tf.train.adam(0.1).minimize(loss);
  expect(before).toBeCloseTo(Math.log(2), 5);
  expect(loss().dataSync()[0]).toBeLessThan(before);
});
