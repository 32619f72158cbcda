// @module-tag native
import { beforeAll, expect, test } from 'vitest';
import { lowerTrainable, runEagerly } from '../graph/index.ts';
import { fitOf } from '../head/softmax.ts';
import type { NetworkOptions } from '../networks/layers.ts';
import { buildLeNet5 } from '../networks/lenet-5.ts';
import { buildCourseNetwork, buildDeepDigits } from '../networks/mnist-networks.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { shapes } from './shapes-fixture.ts';
import type { NetworkEvent } from './network-event.ts';
import { trainNetwork, type NetworkInput, type NetworkResult } from './train-network.ts';

beforeAll(() => startRuntime({ kind: 'native' }));

const side = 28;
const classes = 3;
const pixelScale = { mean: 100, standardDeviation: 60 };

function training(
  build: (options: NetworkOptions) => tf.LayersModel,
  settings: Partial<NetworkInput['settings']> = {},
): NetworkInput {
  const model = build({ inputSize: side, classes });
  const network = lowerTrainable(model);
  model.dispose();
  return {
    network,
    pixelScale,
    classes,
    train: shapes('training', 240, side),
    validation: shapes('validation', 60, side),
    settings: {
      epochs: 5,
      batchSize: 24,
      optimizer: 'adam',
      learningRate: 2e-3,
      schedule: 'cosine',
      warmup: 0.1,
      momentum: 0.9,
      weightDecay: 1e-3,
      labelSmoothing: 0,
      seed: 1,
      ...settings,
    },
  };
}

function narrow(options: NetworkOptions): tf.LayersModel {
  return buildDeepDigits({ ...options, width: 0.25 });
}

async function finished(input: NetworkInput): Promise<NetworkResult & { events: NetworkEvent[] }> {
  const run = trainNetwork(input, new AbortController().signal);
  const events: NetworkEvent[] = [];
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { ...value, events };
    events.push(value);
  }
}

test.each([
  { name: 'LeNet-5', build: buildLeNet5 },
  { name: 'a network with batch norm', build: narrow },
])('$name learns from scratch, and what comes out answers as it was judged', async ({ build }) => {
  const input = training(build);
  const { graph, history, events } = await finished(input);
  const last = history.at(-1);
  expect(last?.validationAccuracy).toBeGreaterThan(0.9);
  expect(history).toHaveLength(5);
  expect(events.filter(({ kind }) => kind === 'epoch')).toEqual(history);
  expect(events[0]).toMatchObject({ kind: 'step', epoch: 1, step: 1, steps: 10 });

  const photos = shapes('validation', 60, side);
  const pixels = await photos.pixels(Int32Array.from(photos.labels.keys()), null);
  const x = tf.tensor(Float32Array.from(pixels), [60, side, side, 1]).sub(100).div(60);
  const probabilities = runEagerly(graph, x)[0]?.dataSync<'float32'>() ?? new Float32Array();
  const { loss, accuracy } = fitOf(probabilities.map(Math.log), photos.labels);
  expect(accuracy).toBe(last?.validationAccuracy);
  expect(loss).toBeCloseTo(last?.validationLoss ?? NaN, 4);
});

test('a training follows from its seed, with all that dropout drops', async () => {
  const [first, again, other] = [
    await finished(training(buildCourseNetwork, { epochs: 1 })),
    await finished(training(buildCourseNetwork, { epochs: 1 })),
    await finished(training(buildCourseNetwork, { epochs: 1, seed: 2 })),
  ];
  expect(again.history).toEqual(first.history);
  expect(other.history).not.toEqual(first.history);
});

test('stops between two steps, and leaves no tensors behind', async () => {
  const input = training(buildLeNet5);
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  const run = trainNetwork(input, controller.signal);
  expect((await run.next()).value).toMatchObject({ kind: 'step' });
  controller.abort(new Error('enough'));
  await expect(run.next()).rejects.toThrow('enough');
  expect(tf.memory().numTensors).toBe(before);
});
