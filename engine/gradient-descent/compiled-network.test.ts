// @module-tag native
import { beforeAll, expect, test } from 'vitest';
import { lowerTrainable, withWeights } from '../graph/index.ts';
import { buildAlexNet } from '../networks/alexnet.ts';
import { buildGoogLeNet } from '../networks/googlenet.ts';
import { buildLeNet5 } from '../networks/lenet-5.ts';
import { buildMobileNetV2 } from '../networks/mobilenet-v2.ts';
import { buildResNet } from '../networks/resnet.ts';
import { randomFor } from '../random.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { openCompiledNetwork } from './compiled-network.ts';
import { openEagerNetwork } from './eager-network.ts';
import { initialWeights } from './initial-weights.ts';
import { withoutSoftmax } from './open-network.ts';
import { largestDifference } from './tail-fixture.ts';
import type { NetworkToTrain, PixelBatch, TrainableNetwork } from './trainable-network.ts';

beforeAll(() => startRuntime({ kind: 'native' }));

const [classes, photos] = [3, 4];
const pixelScale = { mean: 127, standardDeviation: 64 };
const sgd = { optimizer: 'sgd', momentum: 0.9, weightDecay: 0.01 } as const;
const adam = { optimizer: 'adam', momentum: 0, weightDecay: 0.01 } as const;

/** Drawn weights, dropout left out: the compiled step draws otherwise than the eager one. */
function networkOf(model: tf.LayersModel, rule: typeof sgd | typeof adam = sgd): NetworkToTrain {
  const logits = withoutSoftmax(lowerTrainable(model));
  model.dispose();
  const nodes = logits.nodes.map((node) => (node.op === 'dropout' ? { ...node, rate: 0 } : node));
  const graph = withWeights({ ...logits, nodes }, initialWeights(logits, 5));
  return { graph, pixelScale, settings: { ...rule, seed: 1 } };
}

function batchOf({ graph }: NetworkToTrain, step: number): PixelBatch {
  const values = graph.nodes[0]?.shape.reduce((product, size) => product * size, photos) ?? 0;
  const random = randomFor('pixels', step);
  return {
    pixels: Uint8Array.from({ length: values }, () => 256 * random()),
    targets: Float32Array.from({ length: photos * classes }, (_, i) =>
      Math.floor(i / classes) % classes === i % classes ? 1 : 0,
    ),
    weights: Float32Array.from({ length: photos }, (_, i) => 0.7 + 0.2 * i),
  };
}

/** Takes some steps, then gives all there is to know. */
function outcome(network: TrainableNetwork, from: NetworkToTrain): Map<string, Float32Array> {
  const steps = 3;
  const found = new Map<string, Float32Array>();
  for (let step = 0; step < steps; step++)
    found.set(`step ${step}`, network.step(batchOf(from, step), 1e-3, step));
  found.set('evaluation', network.logits(batchOf(from, steps).pixels));
  for (const [name, { data }] of [...network.weights(), ...network.slots()]) found.set(name, data);
  network[Symbol.dispose]();
  return found;
}

const small = { classes, width: 0.125 };
const networks = {
  'LeNet-5': () => buildLeNet5({ classes, inputSize: 28 }),
  AlexNet: () => buildAlexNet({ ...small, inputSize: 67 }),
  'GoogLeNet with its auxiliary classifiers': () =>
    buildGoogLeNet({ ...small, inputSize: 48, auxiliary: true }),
  'ResNet-18': () => buildResNet(18, { ...small, inputSize: 32 }),
};

test.each(Object.entries(networks))(
  '%s learns as it does step by step, running statistics included',
  async (_name, build) => {
    const network = networkOf(build());
    const eager = outcome(openEagerNetwork(network), network);
    const compiled = outcome(await openCompiledNetwork(network), network);
    expect(largestDifference(compiled, eager)).toBeLessThan(1e-3);
  },
);

const deep = {
  'ResNet-50': () => buildResNet(50, { ...small, inputSize: 32 }),
  'MobileNet v2': () => buildMobileNetV2({ classes, width: 0.25, inputSize: 32 }),
};

// In fifty layers and more roundings turn single ReLUs over: gradients agree in direction, not to the last digits.
test.each(Object.entries(deep))('%s first steps where it does step by step', async (_name, build) => {
  const network = networkOf(build());
  using eager = openEagerNetwork(network);
  using compiled = await openCompiledNetwork(network);
  const [expected, logits] = [eager, compiled].map((each) => each.step(batchOf(network, 0), 1e-3, 0));
  logits?.forEach((value, i) => expect(value).toBeCloseTo(expected?.[i] ?? NaN, 4));
  const slots = eager.slots();
  // Some offsets have no gradient but rounding: the next batch norm takes them off again.
  const clear = [...compiled.slots()].filter(([name]) => !name.includes('/beta'));
  for (const [name, { data }] of clear)
    expect(cosine(data, slots.get(name)?.data ?? new Float32Array()), name).toBeGreaterThan(0.99);
});

function cosine(a: Float32Array, b: Float32Array): number {
  const product = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? NaN), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

test('running statistics follow the batch as those of the Keras layer do', async () => {
  const norm = tf.layers.batchNormalization({ name: 'norm', momentum: 0.9, inputShape: [5, 4, 3] });
  const layers = [norm, tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: classes })];
  const network: NetworkToTrain = {
    graph: lowerTrainable(tf.sequential({ layers })),
    pixelScale,
    settings: { ...sgd, seed: 1 },
  };
  using compiled = await openCompiledNetwork(network);
  const batch = batchOf(network, 0);
  compiled.step(batch, 1e-3, 0);
  const x = tf.tensor(Float32Array.from(batch.pixels), [photos, 5, 4, 3]).sub(127).div(64);
  norm.apply(x, { training: true });
  const [, , mean, variance] = norm.getWeights().map((weight) => weight.dataSync());
  const found = compiled.weights();
  for (const [part, expected] of Object.entries({ mean, variance }))
    expected?.forEach((value, i) => expect(found.get(`norm/${part}`)?.data[i]).toBeCloseTo(value, 5));
});

test('a batch in parts makes the same step where there is no batch norm', async () => {
  const network = networkOf(buildLeNet5({ classes, inputSize: 28 }), adam);
  const whole = outcome(await openCompiledNetwork(network), network);
  const inParts = outcome(await openCompiledNetwork(network, 3), network);
  expect(largestDifference(inParts, whole)).toBeLessThan(1e-5);
});

function dropping(): tf.LayersModel {
  const input = tf.input({ shape: [1000] });
  const dense = tf.layers.dense({ name: 'logits', units: 1, useBias: false });
  const output = dense.apply(tf.layers.dropout({ rate: 0.3 }).apply(input));
  if (!(output instanceof tf.SymbolicTensor)) throw new Error('no symbol');
  return tf.model({ inputs: input, outputs: output });
}

test('dropout drops its share, other values in each step, and none in evaluation', async () => {
  const logits = withoutSoftmax(lowerTrainable(dropping()));
  const graph = withWeights(
    logits,
    new Map([['logits/kernel', { shape: [1000, 1], data: new Float32Array(1000).fill(1e-3) }]]),
  );
  const network: NetworkToTrain = {
    graph,
    pixelScale: { mean: 0, standardDeviation: 1 },
    settings: { ...sgd, seed: 3 },
  };
  using compiled = await openCompiledNetwork(network);
  const batch = {
    pixels: new Uint8Array(1000).fill(1),
    targets: Float32Array.of(1),
    weights: Float32Array.of(0),
  };
  const sums = [0, 1].map((step) => compiled.step(batch, 0, step)[0] ?? NaN);
  // 70 % of a thousand values are kept and count 1 / 0.7 thousandth each.
  for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(0.1);
  expect(sums[0]).not.toBe(sums[1]);
  expect(sums[0]).not.toBe(1);
  expect(compiled.logits(batch.pixels)[0]).toBeCloseTo(1, 4);
});
