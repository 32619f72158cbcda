import { expect, test } from 'vitest';
import { mixup } from './mixup.ts';

const features = Float16Array.of(1, 2, 10, 20, 100, 200);
const targets = Float32Array.of(1, 0, 0, 1, 1, 0);

test('every photo takes its share of the next one, the last of the first, in features and targets alike', () => {
  const shares = [0.25, 0.5, 1];
  const mixed = mixup({ features, targets }, 3, 0.5, () => shares.shift() ?? 0);
  // Half of what was drawn: 0.125, 0.25 and 0.5.
  expect([...mixed.features]).toEqual([2.125, 4.25, 32.5, 65, 50.5, 101]);
  expect([...mixed.targets]).toEqual([0.875, 0.125, 0.25, 0.75, 1, 0]);
});

test('a photo alone, or no mixing, stays as it is', () => {
  const batch = { features, targets };
  expect(mixup(batch, 3, 0, Math.random)).toBe(batch);
  expect(mixup(batch, 1, 0.5, Math.random)).toBe(batch);
});
