import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { LabTrainResult } from '../../contract/index.ts';
import { measure } from '../evaluation/metrics.ts';
import { temporaryFolder } from '../library/photos-fixture.ts';
import {
  deleteLabNetwork,
  keepNetwork,
  listLabNetworks,
  newNetworkId,
  readLabNetwork,
  readLabWeights,
} from './kept-networks.ts';
import { settingsFor } from './recipes.ts';

beforeEach(() => {
  process.env['SCENELAB_DATA'] = temporaryFolder();
});

const weights = new Map([['logits/bias', { shape: [2], data: Float32Array.of(0.5, -2) }]]);

function known(id: string): Omit<LabTrainResult, 'folder'> {
  const classNames = ['cat', 'dog'];
  return {
    ...{ id, network: 'lenet-5', name: 'LeNet-5', input: [28, 28, 1], parameters: 2 },
    ...{ data: { kind: 'mnist' }, dataName: 'MNIST', classNames },
    settings: settingsFor('lenet-5', 'mnist'),
    ...{ photos: { train: 4, validation: 0, test: 2 }, history: [] },
    test: measure(Float32Array.of(0.9, 0.1, 0.8, 0.2), Int32Array.of(0, 1), classNames),
    ...{ seconds: 1, photosPerSecond: 4, device: 'none', trainedAt: '2026-01-02T03:04:05.000Z' },
  };
}

test('what is kept can be listed and read again', () => {
  const first = keepNetwork(known('a'), weights);
  keepNetwork(known('b'), weights);
  expect(listLabNetworks().map(({ id, epochs }) => [id, epochs])).toEqual([
    ['b', 0],
    ['a', 0],
  ]);
  expect(readLabNetwork('a')).toEqual(first);
  expect(readLabWeights('a')).toEqual({ ...first, weights });
});

test('a file that was cut off or damaged is no network', () => {
  const { folder } = keepNetwork(known('a'), weights);
  const [name = ''] = readdirSync(folder);
  const bytes = readFileSync(join(folder, name));
  bytes[bytes.length - 6] = (bytes.at(-6) ?? 0) ^ 1;
  writeFileSync(join(folder, name), bytes);
  expect(() => readLabWeights('a')).toThrow('damaged');
  writeFileSync(join(folder, name), bytes.subarray(0, 20));
  expect(listLabNetworks()).toEqual([]);
  expect(() => readLabNetwork('a')).toThrow('damaged');
});

test('what was left by a training that was killed is not listed', () => {
  mkdirSync(join(process.env['SCENELAB_DATA'] ?? '', 'lab/killed'), { recursive: true });
  expect(listLabNetworks()).toEqual([]);
});

test('a deleted network is gone, and an id leads nowhere else', async () => {
  keepNetwork(known('a'), weights);
  await deleteLabNetwork('a');
  await deleteLabNetwork('a');
  expect(listLabNetworks()).toEqual([]);
  await expect(deleteLabNetwork('../lab')).rejects.toThrow('no trained network');
  expect(() => readLabNetwork('..')).toThrow('no trained network');
});

test('ids tell when a training began, and sort by it', () => {
  const early = newNetworkId('lenet-5', new Date('2026-01-02T03:04:05.006Z'));
  expect(early).toBe('2026-01-02T03-04-05-006Z-lenet-5');
  expect(early < newNetworkId('alexnet', new Date('2026-01-02T03:04:05.007Z'))).toBe(true);
});
