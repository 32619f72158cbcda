import { expect, test } from 'vitest';
import { wilsonInterval } from './wilson.ts';

// statsmodels 0.15.0: proportion_confint(successes, trials, method='wilson')
test.each([
  [90, 100, 0.8256343384950865, 0.9447708629393249],
  [4, 24, 0.06678676328632946, 0.3585307064969907],
  [0, 10, 0, 0.27753279986288926],
  [7, 7, 0.6456695649333125, 1],
])('%i of %i has the interval that statsmodels gives', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval[0]).toBeCloseTo(low, 12);
  expect(interval[1]).toBeCloseTo(high, 12);
});

test('nothing tried means nothing known', () => {
  expect(wilsonInterval(0, 0)).toEqual([0, 1]);
});

test('the interval stays within 0 and 1 and holds the share', () => {
  for (let trials = 1; trials < 60; trials += 1)
    for (let successes = 0; successes <= trials; successes += 1) {
      const [low, high] = wilsonInterval(successes, trials);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(successes / trials);
      expect(high).toBeGreaterThanOrEqual(successes / trials);
    }
});
