import { expect, test } from 'vitest';
import { dropoutMask, epochBatches } from './epoch-batches.ts';

const ids = Array.from({ length: 70 }, (_, i) => i.toString(16).padStart(64, '0'));
const options = { seed: 1, epoch: 0, variants: 4, batchSize: 32 };

test('shows every photo once an epoch, in batches of nearly the same size', () => {
  const batches = epochBatches(ids, options);
  expect(batches.map((batch) => batch.length)).toEqual([23, 23, 24]);
  const photos = batches.flat().map(({ photo }) => photo);
  expect(photos.toSorted((a, b) => a - b)).toEqual([...ids.keys()]);
});

test('shows every variant of a photo before one comes again', () => {
  const shown = [0, 1, 2, 3, 4, 5, 6, 7].map((epoch) => {
    const found = epochBatches(ids, { ...options, epoch }).flat();
    return found.find(({ photo }) => photo === 5)?.variant ?? -1;
  });
  expect(shown.slice(0, 4).toSorted()).toEqual([0, 1, 2, 3]);
  expect(shown.slice(4).toSorted()).toEqual([0, 1, 2, 3]);
});

test('the order follows from seed and epoch alone', () => {
  expect(epochBatches(ids, options)).toEqual(epochBatches(ids, options));
  expect(epochBatches(ids, options)).not.toEqual(epochBatches(ids, { ...options, epoch: 1 }));
  expect(epochBatches(ids, options)).not.toEqual(epochBatches(ids, { ...options, seed: 2 }));
});

test('dropout keeps the mean and drops its share', () => {
  const mask = dropoutMask(100_000, 0.2, 1, 2) ?? new Float32Array();
  expect(mask.reduce((sum, factor) => sum + factor, 0) / mask.length).toBeCloseTo(1, 1);
  expect(mask.filter((factor) => factor === 0).length / mask.length).toBeCloseTo(0.2, 2);
  expect(dropoutMask(5, 0, 1)).toBeNull();
});
