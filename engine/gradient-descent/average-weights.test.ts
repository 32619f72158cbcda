import { expect, test } from 'vitest';
import { AveragedWeights } from './average-weights.ts';

const weights = (...data: number[]) =>
  new Map([['a/kernel', { shape: [data.length], data: Float32Array.from(data) }]]);
const valueOf = (average: AveragedWeights) => average.mean()?.get('a/kernel')?.data[0] ?? NaN;

test('there is no mean before the first look', () => {
  expect(new AveragedWeights(80).mean()).toBeNull();
});

test('looks at every eighth step', () => {
  const average = new AveragedWeights(80);
  const looks = Array.from({ length: 20 }, (_, step) => step).filter((step) => average.wants(step));
  expect(looks).toEqual([0, 8, 16]);
});

test('noise cancels out, and it follows where weights go', () => {
  const average = new AveragedWeights(800);
  for (let step = 0; step < 500; step++) average.add(weights(3 + (step % 2 === 0 ? 1 : -1)));
  expect(Math.abs(valueOf(average) - 3)).toBeLessThan(0.02);
  for (let step = 0; step < 500; step++) average.add(weights(7));
  expect(valueOf(average)).toBeGreaterThan(6.9);
});

test('looks back over few steps while there are few', () => {
  const average = new AveragedWeights(8000);
  average.add(weights(100));
  for (let step = 0; step < 30; step++) average.add(weights(1));
  expect(valueOf(average)).toBeCloseTo(1, 3);
});

test('later looks weigh as an exponential mean says', () => {
  const average = new AveragedWeights(16);
  average.add(weights(4));
  // Shares are 9/11 and 9/12 at first, never less than 8/16.
  average.add(weights(0));
  expect(valueOf(average)).toBeCloseTo(4 * (2 / 11));
  average.add(weights(0));
  expect(valueOf(average)).toBeCloseTo(4 * (2 / 11) * (3 / 12));
});
