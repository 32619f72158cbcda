import { expect, test } from 'vitest';
import { fitTemperature } from './fit-temperature.ts';

/** Two classes; of photos with the logit difference d, the share 1 / (1 + exp(-d / 2)) has the first label. */
const differences = [1, 2, 3];
const perDifference = 1000;
const logits: number[] = [];
const labels: number[] = [];
for (const difference of differences) {
  const first = Math.round(perDifference / (1 + Math.exp(-difference / 2)));
  for (let i = 0; i < perDifference; i += 1) {
    logits.push(difference, 0);
    labels.push(i < first ? 0 : 1);
  }
}

test('logits twice too sure get the temperature two', () => {
  expect(fitTemperature(Float32Array.from(logits), labels)).toBeCloseTo(2, 1);
});

test('logits that are half as sure as they should be get a temperature of a half', () => {
  const cold = Float32Array.from(logits, (logit) => logit / 4);
  expect(fitTemperature(cold, labels)).toBeCloseTo(0.5, 1);
});

/** `photos` photos of two classes, answered by a logit difference of 1; all rightly or all wrongly. */
const answered = (photos: number, right: boolean): [Float32Array, number[]] => [
  Float32Array.from({ length: 2 * photos }, (_, i) => (i % 2 === 0 ? 1 : 0)),
  new Array<number>(photos).fill(right ? 0 : 1),
];

test('it stays between a fifth and five, also where every answer is right', () => {
  expect(fitTemperature(...answered(5000, true))).toBeCloseTo(0.2, 2);
  expect(fitTemperature(...answered(5000, false))).toBeCloseTo(5, 1);
});

test('a handful of right answers hardly moves it', () => {
  expect(fitTemperature(...answered(2, true))).toBeGreaterThan(0.6);
});
