import { expect, test } from 'vitest';
import { targetsOf } from './targets.ts';

const plain = { labelSmoothing: 0, classWeights: false };

test('without smoothing the true class gets everything, and every photo counts the same', () => {
  const { targets, weights } = targetsOf(Int32Array.of(1, 0), 2, plain);
  expect([...targets]).toEqual([0, 1, 1, 0]);
  expect([...weights]).toEqual([1, 1]);
});

test('smoothing takes its share evenly for all classes', () => {
  const { targets } = targetsOf(Int32Array.of(2), 4, { ...plain, labelSmoothing: 0.2 });
  expect([...targets]).toEqual([0.05, 0.05, 0.85, 0.05].map(Math.fround));
});

test('class weights give every class the same weight in all, of mean one; a class without photos has none', () => {
  const { weights } = targetsOf(Int32Array.of(0, 0, 0, 1), 3, { ...plain, classWeights: true });
  expect([...weights]).toEqual([2 / 3, 2 / 3, 2 / 3, 2].map(Math.fround));
});
