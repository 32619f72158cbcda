import { beforeAll, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/runtime.ts';
import { freeze } from './freeze.ts';
import { lower } from './lower.ts';
import { lowerTrainable } from './lower-trainable.ts';
import { runEagerly } from './run-eagerly.ts';
import { runTrainingEagerly } from './run-training-eagerly.ts';
import { largestDifference, photosFor, testNetworks } from './networks-fixture.ts';
import { statisticsOf, weightsOf } from './trainable-graph.ts';

beforeAll(() => startRuntime());

const networks = Object.entries(testNetworks);
const length = ({ shape }: { shape: (number | null)[] }) =>
  shape.reduce<number>((product, size) => product * (size ?? 1), 1);

test.each(networks)('the %s network has the same weights to train as its layers', (_name, build) => {
  const model = build();
  const graph = lowerTrainable(model);
  const count = (weights: Iterable<{ data: Float32Array }>) =>
    [...weights].reduce((sum, { data }) => sum + data.length, 0);
  const trained = model.trainableWeights.reduce((sum, weight) => sum + length(weight), 0);
  expect(count(weightsOf(graph).values())).toBe(trained);
  expect(count(statisticsOf(graph).values())).toBe(model.countParams() - trained);
});

test.each(networks)('the %s network in evaluation, and frozen, answers as its layers do', (_name, build) => {
  const model = build();
  const trainable = lowerTrainable(model);
  const frozen = freeze(trainable);
  const x = photosFor(frozen, 3);
  const values = new Map([...weightsOf(trainable), ...statisticsOf(trainable)]);
  const weightOf = (name: string) => {
    const weight = values.get(name);
    return weight && tf.tensor(weight.data, [...weight.shape]);
  };
  const evaluated = runTrainingEagerly(trainable, x, { weightOf, factorsOf: null });
  expect(largestDifference(evaluated, [model.predict(x)])).toBeLessThan(1e-5);
  expect(largestDifference(runEagerly(frozen, x), [model.predict(x)])).toBeLessThan(1e-5);
  expect(frozen.nodes.map(({ op }) => op)).toEqual(lower(model).nodes.map(({ op }) => op));
});

test('batch norm and dropout stay, a layer without a bias has none', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'conv', useBias: false }),
      tf.layers.batchNormalization({ name: 'norm', momentum: 0.9, scale: false }),
      tf.layers.reLU({ name: 'relu' }),
      tf.layers.dropout({ name: 'dropped', rate: 0.25 }),
    ],
  });
  const [, conv, norm, relu, dropout] = lowerTrainable(model).nodes;
  expect(conv).toMatchObject({ op: 'conv', name: 'conv', unbiased: true, activation: 'linear' });
  expect(norm).toMatchObject({ op: 'batch-norm', name: 'norm', gamma: null, momentum: 0.9 });
  expect(relu).toMatchObject({ op: 'activation', name: 'relu' });
  expect(dropout).toMatchObject({ op: 'dropout', rate: 0.25 });
});

test('noise that would be left out silently is refused', () => {
  const noise = tf.layers.gaussianNoise({ inputShape: [4, 4, 3], stddev: 1, name: 'noise' });
  expect(() => lowerTrainable(tf.sequential({ layers: [noise] }))).toThrow(/"noise" is a GaussianNoise/);
});
