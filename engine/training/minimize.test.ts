import { expect, test } from 'vitest';
import { minimize } from './minimize.ts';

test('finds the minimum of a badly scaled quadratic', () => {
  const scales = [1, 100, 10_000];
  const target = [3, -2, 0.5];
  const minimum = minimize(
    (x) => ({
      value: x.reduce((sum, v, i) => sum + ((scales[i] ?? 0) * (v - (target[i] ?? 0)) ** 2) / 2, 0),
      gradient: x.map((v, i) => (scales[i] ?? 0) * (v - (target[i] ?? 0))),
    }),
    new Float64Array(3),
    { tolerance: 1e-9 },
  );
  target.forEach((value, i) => expect(minimum[i]).toBeCloseTo(value, 8));
});

test('goes down the curved valley of Rosenbrock to (1, 1)', () => {
  const minimum = minimize(
    ([x = 0, y = 0]) => ({
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    }),
    Float64Array.of(-1.2, 1),
    { tolerance: 1e-8 },
  );
  expect(minimum[0]).toBeCloseTo(1, 6);
  expect(minimum[1]).toBeCloseTo(1, 6);
});

test('stays where the gradient is already small enough', () => {
  const start = Float64Array.of(1e-7);
  expect(minimize((x) => ({ value: (x[0] ?? 0) ** 2 / 2, gradient: x.slice() }), start)).toBe(start);
});

test('noise in the values does not keep it from where the gradient is nought', () => {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const objective = (point: Float64Array) => ({
    value: sum(point.map((x, i) => (10 ** i * x * x) / 2)) + 1e-6 * Math.sin(1e12 * sum(point)),
    gradient: point.map((x, i) => 10 ** i * x),
  });
  const distance = (precision: number) =>
    Math.hypot(...minimize(objective, new Float64Array(4).fill(0.001), { tolerance: 1e-8, precision }));
  expect(distance(0)).toBeGreaterThan(1e-4);
  expect(distance(2e-6)).toBeLessThan(1e-7);
});
