import { beforeAll, expect, test } from 'vitest';
import { buildResNet } from '../networks/resnet.ts';
import { startRuntime } from '../tensorflow/index.ts';
import type { Layers } from './layer.ts';
import { layersOf } from './layers-of-model.ts';
import { measureLayers } from './measure-layers.ts';
import { networkOfLayers } from './network-of-layers.ts';
import { parseLayers } from './parse-layers.ts';

beforeAll(() => startRuntime());

test('layers as text become the network that the text says', () => {
  const text =
    'conv 8 5x3/2 same nobias, norm, relu, depthwise 3x3 same relu6, lrn, pool max 3x3/2 same, pool average 2x2, ' +
    'dropout 0.25, dense 12 tanh, dense 10 nobias softmax';
  const model = networkOfLayers(parseLayers(text), [33, 29, 3]);
  // By hand: 5·3·3·8, 4·8, 9·8 + 8, 4·4·8 values into 12 units, 12·10.
  expect(model.countParams()).toBe(360 + 32 + 80 + (4 * 4 * 8 * 12 + 12) + 120);
  const described = measureLayers(layersOf(model), [33, 29, 3]);
  const asked = measureLayers(parseLayers(text), [33, 29, 3]);
  expect(described.map(({ spec, shape }) => ({ spec, shape }))).toEqual(
    asked.map(({ spec, shape }) => ({ spec, shape })),
  );
  model.dispose();
});

test('layers that branch become the same network again', () => {
  const resnet = buildResNet(18, { classes: 4, width: 0.125, inputSize: 32 });
  const layers = layersOf(resnet);
  const again = networkOfLayers(layers, [32, 32, 3]);
  expect(again.countParams()).toBe(resnet.countParams());
  expect(layersOf(again)).toEqual(layers);
  for (const model of [resnet, again]) model.dispose();
});

test('refuses an activation that there is not', () => {
  const layers: Layers = [
    { name: 'odd', inputs: ['image'], spec: { kind: 'activation', activation: 'sine' } },
  ];
  expect(() => networkOfLayers(layers, [4, 4, 1])).toThrow('"sine"');
});
