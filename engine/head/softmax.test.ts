import { expect, test } from 'vitest';
import { fitOf, logSoftmax } from './softmax.ts';

test('log probabilities add up to one, also for logits that overflow an exponential', () => {
  const logs = logSoftmax([1000, 1001, 999]);
  expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
  expect((logs[1] ?? 0) - (logs[0] ?? 0)).toBeCloseTo(1, 9);
});

test('loss and accuracy of three photos, by hand', () => {
  const third = Math.log(3);
  // Probabilities 3/4 and 1/4, 1/2 and 1/2, 1/4 and 3/4.
  const { loss, accuracy } = fitOf(Float32Array.of(third, 0, 0, 0, 0, third), [0, 0, 0]);
  expect(loss).toBeCloseTo((Math.log(4 / 3) + Math.log(2) + Math.log(4)) / 3, 6);
  expect(accuracy).toBeCloseTo(2 / 3, 12);
});
