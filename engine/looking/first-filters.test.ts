import { beforeAll, expect, test } from 'vitest';
import { loadBackboneLayers } from '../backbones/load-backbone.ts';
import { lower, type InferenceGraph } from '../graph/index.ts';
import { startRuntime } from '../tensorflow/index.ts';
import { firstFilters } from './first-filters.ts';

beforeAll(() => startRuntime());
const bytes = (values: string) => [...Buffer.from(values, 'base64')];

test('filters of a backbone are its kernels, each on its own scale, turned over where batch norm is negative', async () => {
  const model = await loadBackboneLayers('efficientnet-lite0');
  const filters = firstFilters(lower(model, ['probabilities']));
  expect(filters).toMatchObject({ layer: 'stem', height: 3, width: 3, channels: 3, count: 32 });
  const read = (layer: string) => model.getLayer(layer).getWeights().map((weight) => [...weight.dataSync()]); // prettier-ignore
  const [[kernel = []], [gamma = []]] = [read('stem-conv'), read('stem-norm')];
  const folded = Array.from({ length: 32 }, (_, filter) =>
    kernel.filter((_, i) => i % 32 === filter).map((weight) => weight * (gamma[filter] ?? NaN)),
  );
  const largest = folded.map((weights) => Math.max(...weights.map(Math.abs)));
  // Some died in training; what is left of them is grey.
  const dead = largest.map((most) => most < 1e-4 * Math.max(...largest));
  expect(dead.filter(Boolean)).toHaveLength(4);
  const expected = folded.flatMap((weights, filter) =>
    weights.map((weight) => (dead[filter] ? 128 : 127.5 + (127.5 * weight) / (largest[filter] ?? NaN))),
  );
  const shown = bytes(filters?.values ?? '');
  expect(shown).toHaveLength(expected.length);
  expect(Math.max(...expected.map((value, i) => Math.abs(value - (shown[i] ?? 0))))).toBeLessThan(0.51);
  model.dispose();
});

const place = { strides: [1, 1], padding: 'valid', activation: 'linear' } as const;
const graph: InferenceGraph = {
  name: 'small',
  nodes: [
    { op: 'input', name: 'image', inputs: [], shape: [2, 1, 1] },
    {
      op: 'scale',
      name: 'scaled',
      inputs: ['image'],
      shape: [2, 1, 1],
      scale: { shape: [1], data: Float32Array.of(2) },
      offset: { shape: [1], data: Float32Array.of(0) },
    },
    {
      op: 'conv',
      name: 'first',
      inputs: ['scaled'],
      shape: [1, 1, 2],
      kernel: { shape: [2, 1, 1, 2], data: Float32Array.of(1, 0, -0.5, 0) },
      bias: { shape: [2], data: Float32Array.of(9, 9) },
      ...place,
    },
  ],
  outputs: ['first'],
};

test('zero is in the middle; a filter of zeros is grey; scaling before it changes nothing', () => {
  const filters = firstFilters(graph);
  expect(filters).toMatchObject({ layer: 'first', height: 2, width: 1, channels: 1, count: 2 });
  expect(bytes(filters?.values ?? '')).toEqual([255, 64, 128, 128]);
});

test('a network whose image no convolution reads has none', () => {
  expect(firstFilters({ ...graph, nodes: graph.nodes.slice(0, 2), outputs: ['scaled'] })).toBeNull();
});
