import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExperimentStep, Measured } from '../../contract/index.ts';
import { readMnist, type Mnist } from '../lab/read-mnist.ts';
import { taken } from '../lab/lab-sets.ts';
import { startCompute } from '../start-compute.ts';
import type { DigitExperiment } from './experiment.ts';
import { planDigitTrials } from './plan-digit-trials.ts';
import { runTrials } from './run-trials.ts';

const compute = startCompute();
let mnist: Mnist;

beforeAll(async () => {
  const { train, test } = await readMnist();
  const first = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
  mnist = { train: taken(train, first(500)), test: taken(test, first(200)) };
});
afterAll(() => compute.close());

const amount = { values: [50, 100], digits: 100, steps: 20 };
const tiny: DigitExperiment = {
  id: 'augmentation',
  axis: 'training-digits',
  quick: amount,
  full: { ...amount, values: [200], steps: 40 },
  arms: [
    { id: 'dense', layers: 'dense 10' },
    { id: 'other', layers: 'dense 20 relu, dense 10' },
  ],
  questions: [{ arm: 'other', against: 'dense' }],
  typicalSeconds: 1,
};

async function run(experiment: DigitExperiment, seeds: number) {
  const plan = planDigitTrials(experiment, { seeds, full: false }, mnist);
  const told: (ExperimentStep | Measured)[] = [];
  for (const events = runTrials(compute, plan.trials, new AbortController().signal); ;) {
    const next = await events.next();
    if (next.done) return { plan, told, measured: next.value };
    told.push(next.value);
  }
}

test('every arm is trained at every place with every seed, one seed after the other', async () => {
  const { plan, told, measured } = await run(tiny, 2);
  expect(measured.map(({ seed, x, arm }) => [seed, x, arm])).toEqual([
    [1, 50, 'dense'],
    [1, 50, 'other'],
    [1, 100, 'dense'],
    [1, 100, 'other'],
    [2, 50, 'dense'],
    [2, 50, 'other'],
    [2, 100, 'dense'],
    [2, 100, 'other'],
  ]);
  expect(told.filter(({ kind }) => kind === 'measured')).toEqual(measured);
  for (const { accuracy } of measured) expect(accuracy).toBeGreaterThan(0.15);
  expect(plan).toMatchObject({ values: [50, 100], data: 'MNIST', classes: 10, testImages: 200 });
  const shares = told.flatMap((event) => (event.kind === 'trial' ? event.share : []));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(1, 6);
  expect(told.find(({ kind }) => kind === 'trial')).toMatchObject({
    arm: 'dense',
    x: 50,
    seed: 1,
    seeds: 2,
    epochs: 13,
  });
});

test('the same experiment gives the same figures', async () => {
  expect((await run(tiny, 1)).measured).toEqual((await run(tiny, 1)).measured);
});

test('digits that are only moved are all read by one network', async () => {
  const moving: DigitExperiment = { ...tiny, axis: 'pixels-moved', quick: { ...amount, values: [0, 2, 4] } };
  const { plan, measured } = await run(moving, 1);
  expect(plan.trials).toHaveLength(2);
  expect(measured.map(({ x, arm }) => [arm, x])).toEqual(
    ['dense', 'other'].flatMap((arm) => [0, 2, 4].map((x) => [arm, x])),
  );
});

test('a learning rate that is the axis is the one that is learned with', async () => {
  const faster: DigitExperiment = {
    ...tiny,
    axis: 'learning-rate',
    quick: { ...amount, values: [1e-9, 1e-2] },
    arms: tiny.arms.slice(0, 1),
  };
  const [still, moved] = (await run(faster, 1)).measured;
  expect(still?.accuracy).toBeLessThan(0.3);
  expect(moved?.accuracy).toBeGreaterThan(0.5);
});

test('can be cancelled, and the compute thread goes on', { tags: ['native'] }, async () => {
  const controller = new AbortController();
  const { trials } = planDigitTrials(
    { ...tiny, quick: { ...amount, steps: 100_000 } },
    { seeds: 1, full: false },
    mnist,
  );
  const events = runTrials(compute, trials, controller.signal);
  await events.next();
  controller.abort(new Error('enough'));
  // What was on its way comes first.
  await expect(Array.fromAsync(events)).rejects.toThrow('enough');
  expect(await compute.call('describeRuntime', null)).toMatchObject({ kind: 'native' });
});
