import { beforeAll, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { buildEfficientNetLite } from './efficientnet-lite.ts';

beforeAll(() => startRuntime());

// As published with the weights; batch norm's moving mean and variance, which no gradient trains, not counted.
test.each([
  ['lite0', 4_652_008],
  ['lite1', 5_416_680],
  ['lite2', 6_092_072],
  ['lite3', 8_197_096],
  ['lite4', 13_006_568],
] as const)('%s has its %i parameters', (variant, parameters) => {
  const model = buildEfficientNetLite(variant);
  const sizes = model.trainableWeights.map(({ shape }) =>
    shape.reduce<number>((n, size) => n * (size ?? 1), 1),
  );
  expect(sizes.reduce((sum, size) => sum + size)).toBe(parameters);
  model.dispose();
});

test('the grid halves where a stage has stride 2', () => {
  const model = buildEfficientNetLite('lite2');
  const shapes = [
    'stem',
    'block0',
    'block3',
    'block6',
    'block14',
    'block19',
    'block20',
    'top',
    'embedding',
  ].map((name) => model.getLayer(name).outputShape.slice(1));
  expect(shapes).toEqual([
    [130, 130, 32],
    [130, 130, 16],
    [65, 65, 24],
    [33, 33, 48],
    [17, 17, 120],
    [9, 9, 208],
    [9, 9, 352],
    [9, 9, 1280],
    [1280],
  ]);
  model.dispose();
});

test('without classes the embedding is the output', () => {
  const model = buildEfficientNetLite('lite0', 0);
  expect(model.outputs[0]?.shape).toEqual([null, 1280]);
  model.dispose();
});

test('disposing a network leaves no tensors', () => {
  const before = tf.memory().numTensors;
  buildEfficientNetLite('lite0').dispose();
  expect(tf.memory().numTensors).toBe(before);
});
