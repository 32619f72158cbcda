import { expect, test } from 'vitest';
import { minimizeAll, type Evaluation, type MinimizeOptions } from './minimize.ts';

/** The minimum of one function. */
async function minimize(
  objective: (point: Float64Array) => Evaluation,
  start: Float64Array,
  options: MinimizeOptions = {},
): Promise<Float64Array> {
  const starts = [{ of: objective, point: start }];
  const evaluate = (asked: typeof starts) => asked.map(({ of, point }) => of(point));
  const [found] = await minimizeAll((asked) => evaluate([...asked]), starts, options);
  return found?.point ?? new Float64Array();
}

test('finds the minimum of a badly scaled quadratic', async () => {
  const scales = [1, 100, 10_000];
  const target = [3, -2, 0.5];
  const minimum = await minimize(
    (x) => ({
      value: x.reduce((sum, v, i) => sum + ((scales[i] ?? 0) * (v - (target[i] ?? 0)) ** 2) / 2, 0),
      gradient: x.map((v, i) => (scales[i] ?? 0) * (v - (target[i] ?? 0))),
    }),
    new Float64Array(3),
    { tolerance: 1e-9 },
  );
  target.forEach((value, i) => expect(minimum[i]).toBeCloseTo(value, 8));
});

test('goes down the curved valley of Rosenbrock to (1, 1)', async () => {
  const minimum = await minimize(
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

test('stays where the gradient is already small enough', async () => {
  const start = Float64Array.of(1e-7);
  const found = await minimize((x) => ({ value: (x[0] ?? 0) ** 2 / 2, gradient: x.slice() }), start);
  expect(found).toBe(start);
});

test('noise in the values does not keep it from where the gradient is nought', async () => {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const objective = (point: Float64Array) => ({
    value: sum(point.map((x, i) => (10 ** i * x * x) / 2)) + 1e-6 * Math.sin(1e12 * sum(point)),
    gradient: point.map((x, i) => 10 ** i * x),
  });
  const distance = async (precision: number) =>
    Math.hypot(
      ...(await minimize(objective, new Float64Array(4).fill(0.001), { tolerance: 1e-8, precision })),
    );
  expect(await distance(0)).toBeGreaterThan(1e-4);
  expect(await distance(2e-6)).toBeLessThan(1e-7);
});

test('several functions are looked at together, each for as long as it needs', async () => {
  const together: number[] = [];
  const targets = [0, 1e-9, -700];
  const found = await minimizeAll(
    (asked) => {
      together.push(asked.length);
      return asked.map(({ of, point }) => {
        const distance = (point[0] ?? 0) - of;
        return {
          value: distance ** 4 / 4 + distance ** 2 / 2,
          gradient: Float64Array.of(distance ** 3 + distance),
        };
      });
    },
    targets.map((of) => ({ of, point: new Float64Array(1) })),
  );
  expect(found.map(({ of }) => of)).toEqual(targets);
  found.forEach(({ of, point }) => expect(point[0]).toBeCloseTo(of, 5));
  expect(together[0]).toBe(3);
  expect(together.at(-1)).toBe(1);
});

test('told how the function curves, it takes fewer steps to the same minimum', async () => {
  const curvatures = Float64Array.from({ length: 30 }, (_, i) => 1 + i ** 3);
  const stepsWith = async (options: MinimizeOptions) => {
    let steps = 0;
    const objective = (x: Float64Array) => {
      steps++;
      return {
        value: x.reduce((sum, v, i) => sum + ((curvatures[i] ?? 0) * (v - 1) ** 2) / 2, 0),
        gradient: x.map((v, i) => (curvatures[i] ?? 0) * (v - 1)),
      };
    };
    const minimum = await minimize(objective, new Float64Array(30), { tolerance: 1e-6, ...options });
    minimum.forEach((value) => expect(value).toBeCloseTo(1, 2));
    return steps;
  };
  expect(await stepsWith({ curvatures })).toBeLessThan((await stepsWith({})) / 2);
});
