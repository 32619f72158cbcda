import { beforeAll, expect, test } from 'vitest';
import { buildNetwork } from '../networks/build-network.ts';
import { networks } from '../networks/registry.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { layersOf } from './layers-of-model.ts';
import { measureLayers } from './measure-layers.ts';

beforeAll(() => startRuntime());

test.each(networks)('$id: shapes and parameters are those that Keras layers have', ({ id, input }) => {
  const model = buildNetwork(id);
  expect(model.inputs[0]?.shape.slice(1)).toEqual(input);
  const measured = measureLayers(layersOf(model), input);
  for (const { name, shape, parameters } of measured) {
    const layer = model.getLayer(name);
    expect([name, ...shape]).toEqual([name, ...layer.outputShape.slice(1)]);
    expect([name, parameters]).toEqual([name, layer.countParams()]);
  }
  const sum = (figure: 'parameters' | 'trainable') => measured.reduce((n, layer) => n + layer[figure], 0);
  expect(sum('parameters')).toBe(model.countParams());
  const trained = model.trainableWeights.map(({ shape }) =>
    shape.reduce<number>((n, size) => n * (size ?? 1), 1),
  );
  expect(sum('trainable')).toBe(trained.reduce((n, size) => n + size, 0));
  model.dispose();
});

test('a model inside a model is flattened; a separable convolution is two', () => {
  const inside = tf.sequential({
    layers: [
      tf.layers.zeroPadding2d({
        inputShape: [8, 8, 3],
        padding: [
          [0, 1],
          [2, 3],
        ],
      }),
      tf.layers.separableConv2d({ filters: 6, kernelSize: 3, strides: 2, activation: 'relu' }),
    ],
  });
  const model = tf.sequential({
    layers: [inside, tf.layers.globalMaxPooling2d({}), tf.layers.dense({ units: 2 })],
  });
  const measured = measureLayers(layersOf(model), [8, 8, 3]);
  expect(measured.map(({ spec, shape }) => [spec.kind, ...shape])).toEqual([
    ['pad', 9, 13, 3],
    ['depthwise-conv', 4, 6, 3],
    ['conv', 4, 6, 6],
    ['global-pool', 6],
    ['dense', 2],
  ]);
  expect(measured.reduce((n, { parameters }) => n + parameters, 0)).toBe(model.countParams());
  model.dispose();
});

test('a layer whose cost is not known is named', () => {
  const model = tf.sequential({
    layers: [tf.layers.conv2dTranspose({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'up' })],
  });
  expect(() => layersOf(model)).toThrow(/layer "up" is a Conv2DTranspose, whose cost is not known/);
  model.dispose();
});
