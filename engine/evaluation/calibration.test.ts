import { expect, test } from 'vitest';
import { calibrationOf } from './calibration.ts';

test('confidence and accuracy are compared in steps of a tenth', () => {
  const rows = [[0.92, 0.08], [0.06, 0.94], [0.98, 0.02], [0.35, 0.65], [1, 0]].flat(); // prettier-ignore
  const { confidence, error, bins } = calibrationOf(Float32Array.from(rows), Int32Array.from([0, 1, 1, 0, 0]), 2); // prettier-ignore
  expect(confidence).toBeCloseTo((0.92 + 0.94 + 0.98 + 0.65 + 1) / 5);
  expect(bins.map(({ from, to, n, accuracy }) => [from, to, n, accuracy])).toEqual([
    [0.6, 0.7, 1, 0],
    [0.9, 1, 4, 0.75],
  ]);
  // (0.65 − 0) · 1/5 + (0.96 − 0.75) · 4/5
  expect(error).toBeCloseTo(0.298);
});

test('no photos give noughts', () => {
  expect(calibrationOf(new Float32Array(0), new Int32Array(0), 3)).toEqual({ confidence: 0, error: 0, bins: [] }); // prettier-ignore
});
