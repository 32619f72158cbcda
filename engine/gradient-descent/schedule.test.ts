import { expect, test } from 'vitest';
import { learningRateAt } from './schedule.ts';

const schedule = { learningRate: 0.1, warmup: 0.2, steps: 100 };

test('rises in equal steps to the highest rate at the end of the warm-up', () => {
  const rise = learningRateAt(1, schedule) - learningRateAt(0, schedule);
  expect(learningRateAt(0, schedule)).toBeCloseTo(rise, 12);
  expect(learningRateAt(19, schedule) - learningRateAt(18, schedule)).toBeCloseTo(rise, 12);
  expect(learningRateAt(20, schedule)).toBeCloseTo(0.1, 12);
});

test('is half the highest rate in the middle of the descent and zero after the end', () => {
  expect(learningRateAt(60, schedule)).toBeCloseTo(0.05, 12);
  expect(learningRateAt(99, schedule)).toBeGreaterThan(0);
  expect(learningRateAt(100, schedule)).toBeCloseTo(0, 12);
});

test('without a warm-up begins at the highest rate', () => {
  expect(learningRateAt(0, { ...schedule, warmup: 0 })).toBeCloseTo(0.1, 12);
});
