import { beforeAll, describe, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/runtime.ts';
import type { InferenceGraph } from './inference-graph.ts';
import { lower } from './lower.ts';
import { runEagerly } from './run-eagerly.ts';
import { subgraph } from './subgraph.ts';
import { beyondKeras, largestDifference, photosFor, testNetworks } from './networks-fixture.ts';

beforeAll(() => startRuntime());

const ops = (graph: InferenceGraph) => graph.nodes.map(({ op }) => op);

describe.each(Object.entries({ ...testNetworks, ...beyondKeras }))('the %s network', (_name, build) => {
  test('answers as its layers do', () => {
    const model = build();
    const graph = lower(model);
    const x = photosFor(graph, 3);
    expect(largestDifference(runEagerly(graph, x), [model.predict(x)])).toBeLessThan(1e-5);
  });

  test('states the shape of every value that it computes', () => {
    const graph = lower(build());
    const names = graph.nodes.map(({ name }) => name);
    const values = runEagerly({ ...graph, outputs: names }, photosFor(graph, 2));
    expect(values.map(({ shape }) => shape)).toEqual(graph.nodes.map(({ shape }) => [2, ...shape]));
  });

  test('cut in two at any place, computes the same', () => {
    const graph = lower(build());
    const x = photosFor(graph, 2);
    const whole = runEagerly(graph, x);
    const cuts = graph.nodes.filter((_node, i) => isNeck(graph, i)).map(({ name }) => name);
    expect(cuts.length).toBeGreaterThan(2);
    for (const cut of cuts) {
      const lowerHalf = runEagerly(subgraph(graph, null, [cut]), x);
      const upperHalf = subgraph(graph, cut, graph.outputs);
      expect(largestDifference(runEagerly(upperHalf, lowerHalf[0] ?? x), whole)).toBe(0);
    }
  });

  test('leaves no tensors behind', () => {
    const graph = lower(build());
    const x = photosFor(graph, 1);
    const before = tf.memory().numTensors;
    runEagerly(graph, x).forEach((value) => value.dispose());
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('batch norm and activations end up in the convolution before them, under the last name', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'conv', useBias: false }),
      tf.layers.batchNormalization({ name: 'norm' }),
      tf.layers.reLU({ name: 'relu', maxValue: 6 }),
      tf.layers.dropout({ rate: 0.5 }),
    ],
  });
  const graph = lower(model);
  expect(graph.nodes[1]).toMatchObject({ op: 'conv', name: 'relu', activation: 'relu6', shape: [6, 6, 2] });
  expect(graph.nodes).toHaveLength(2);
  expect(graph.outputs).toEqual(['relu']);
});

test('a value that is asked for is not fused away', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3, name: 'conv' }),
      tf.layers.reLU({ name: 'relu' }),
    ],
  });
  expect(ops(lower(model, ['conv', 'relu']))).toEqual(['input', 'conv', 'activation']);
  expect(ops(lower(model, ['conv']))).toEqual(['input', 'conv']);
});

test('zero padding that is the same as SAME disappears into the convolution, any other stays', () => {
  const graph = lower(testNetworks.mobile());
  expect(ops(graph).slice(0, 2)).toEqual(['input', 'conv']);
  expect(graph.nodes[1]).toMatchObject({ padding: 'same', strides: [2, 2], shape: [9, 11, 6] });
  expect(ops(graph).filter((op) => op === 'pad')).toHaveLength(1);
});

test('a layer without a counterpart is refused by name', () => {
  const cropping = tf.layers.cropping2D({ inputShape: [8, 8, 3], cropping: [[1, 1], [1, 1]], name: 'crop' }); // prettier-ignore
  const elu = tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 1, activation: 'elu', name: 'squash' }); // prettier-ignore
  expect(() => lower(tf.sequential({ layers: [cropping] }))).toThrow(/"crop" is a Cropping2D/);
  expect(() => lower(tf.sequential({ layers: [elu] }))).toThrow(
    /"squash" is a Conv2D with activation = "elu"/,
  );
});

test('a network for any size of photo is refused, and so is a layer that is not there', () => {
  const open = tf.layers.conv2d({ inputShape: [null, null, 3], filters: 1, kernelSize: 1 });
  const plain = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 3] })] });
  expect(() => lower(tf.sequential({ layers: [open] }))).toThrow(/leaves a size open/);
  expect(() => lower(plain, ['nowhere'])).toThrow(/no layer "nowhere"/);
});

/** Whether every later node reads nothing from before node i: a place where the network can be cut. */
function isNeck({ nodes }: InferenceGraph, i: number): boolean {
  const before = new Set(nodes.slice(0, i).map(({ name }) => name));
  return i > 0 && nodes.slice(i + 1).every(({ inputs }) => inputs.every((name) => !before.has(name)));
}
