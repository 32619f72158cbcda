import { expect, test } from 'vitest';
import type { TrainableGraph } from '../graph/index.ts';
import { initialWeights } from './initial-weights.ts';

const zeros = (...shape: number[]) => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});

/** A convolution of 3 × 3 from 16 channels to 32, and a last layer. */
const graph: TrainableGraph = {
  name: 'two-layers',
  outputs: ['logits'],
  nodes: [
    { op: 'input', name: 'image', inputs: [], shape: [8, 8, 16] },
    {
      ...{ op: 'conv', name: 'conv', inputs: ['image'], shape: [8, 8, 32], activation: 'relu' },
      ...{ kernel: zeros(3, 3, 16, 32), bias: zeros(32), strides: [1, 1], padding: 'same' },
    },
    { op: 'global-average-pool', name: 'embedding', inputs: ['conv'], shape: [32] },
    {
      ...{ op: 'dense', name: 'logits', inputs: ['embedding'], shape: [50], activation: 'linear' },
      ...{ kernel: zeros(32, 50), bias: zeros(50) },
    },
  ],
};

const valuesOf = (name: string, seed: number, initial?: 'he' | 'glorot') =>
  initialWeights(graph, seed, initial).get(name)?.data ?? new Float32Array();

/** Mean square. */
const power = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

test('He: kernels keep the strength of signals, logits begin small, biases at nothing', () => {
  expect(power(valuesOf('conv/kernel', 1)) / (2 / (9 * 16))).toBeCloseTo(1, 1);
  expect(power(valuesOf('logits/kernel', 1)) / (0.01 / 32)).toBeCloseTo(1, 0);
  expect(power(valuesOf('conv/bias', 1))).toBe(0);
});

test("Glorot: even within Keras's bounds", () => {
  const values = valuesOf('conv/kernel', 1, 'glorot');
  const bound = Math.sqrt(6 / (9 * (16 + 32)));
  expect(Math.max(...values)).toBeLessThanOrEqual(bound);
  expect(Math.min(...values)).toBeLessThan(-0.99 * bound);
  expect(power(values) / (bound ** 2 / 3)).toBeCloseTo(1, 1);
  expect(Math.max(...valuesOf('logits/kernel', 1, 'glorot'))).toBeCloseTo(Math.sqrt(6 / 82), 2);
});

test('follow from the seed and the name', () => {
  for (const initial of ['he', 'glorot'] as const) {
    expect(valuesOf('conv/kernel', 1, initial)).toEqual(valuesOf('conv/kernel', 1, initial));
    expect(valuesOf('conv/kernel', 2, initial)).not.toEqual(valuesOf('conv/kernel', 1, initial));
  }
});
