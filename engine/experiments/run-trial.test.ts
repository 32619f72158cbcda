// @module-tag native
import { beforeAll, expect, test } from 'vitest';
import { shapes } from '../gradient-descent/shapes-fixture.ts';
import { parseLayers } from '../inspect/parse-layers.ts';
import type { LabelledImages } from '../lab/labelled-images.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { commonSettings } from './experiment.ts';
import { runTrial, type Trial } from './run-trial.ts';
import type { TrialProgress } from './trial-progress.ts';

beforeAll(() => startRuntime({ kind: 'native' }));

const side = 16;

async function images(name: string, count: number): Promise<LabelledImages> {
  const { labels, pixels } = shapes(name, count, side);
  const classNames = ['disc', 'lying', 'standing'];
  const places = Int32Array.from(labels.keys());
  return { shape: [side, side, 1], classNames, labels, pixels: await pixels(places, null) };
}

async function trial(changes: Partial<Trial> = {}): Promise<Trial> {
  return {
    layers: parseLayers('conv 8 3x3 same relu, pool max 2x2, dense 16 relu, dense 3'),
    pixelScale: { mean: 100, standardDeviation: 60 },
    settings: { ...commonSettings, learningRate: 5e-3, epochs: 6, seed: 1 },
    variation: null,
    train: await images('training', 240),
    test: await images('test', 90),
    moves: [0, 12],
    ...changes,
  };
}

async function finished(asked: Trial): Promise<{ accuracies: number[]; told: TrialProgress[] }> {
  const told: TrialProgress[] = [];
  for (const run = runTrial(asked, new AbortController().signal); ;) {
    const next = await run.next();
    if (next.done) return { ...next.value, told };
    told.push(next.value);
  }
}

test('a network learns from scratch, and is judged as the images are and moved almost out of sight', async () => {
  const { accuracies, told } = await finished(await trial());
  expect(accuracies).toHaveLength(2);
  expect(accuracies[0]).toBeGreaterThan(0.8);
  expect(accuracies[1]).toBeLessThan(0.7);
  expect(told.at(-1)).toEqual({ epoch: 6, epochs: 6, share: 1 });
  expect(told.map(({ share }) => share)).toEqual(told.map(({ share }) => share).toSorted((a, b) => a - b));
});

test('what a trial gives follows from the trial alone, variation included', async () => {
  const variation = { shift: 0.1, rotate: 10, zoom: 0.1, lean: 0, bend: 0, mirror: false };
  const settings = { ...commonSettings, epochs: 1, seed: 1 };
  const varied = await trial({ settings, variation });
  const [first, again] = [await finished(varied), await finished(varied)];
  expect(again.accuracies).toEqual(first.accuracies);
  const others = [
    await finished({ ...varied, variation: null }),
    await finished({ ...varied, settings: { ...settings, seed: 2 } }),
  ];
  for (const { accuracies } of others) expect(accuracies).not.toEqual(first.accuracies);
});

test('stops between two steps, and leaves no tensors behind', async () => {
  const asked = await trial();
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  const run = runTrial(asked, controller.signal);
  await run.next();
  controller.abort(new Error('enough'));
  await expect(run.next()).rejects.toThrow('enough');
  expect(tf.memory().numTensors).toBe(before);
});
