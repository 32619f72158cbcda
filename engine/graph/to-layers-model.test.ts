import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/runtime.ts';
import { lower } from './lower.ts';
import { inPlainJavaScript, savedIn } from './plain-tfjs-fixture.ts';
import { rescaleInput } from './rescale-input.ts';
import { runEagerly } from './run-eagerly.ts';
import { beyondKeras, largestDifference, photosFor, testNetworks } from './networks-fixture.ts';
import { toLayersModel } from './to-layers-model.ts';

let folder: string;
beforeAll(() => startRuntime());
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'scenelab-'))));
afterEach(() => rm(folder, { recursive: true }));

const networks = Object.entries(testNetworks);
const mobile = () => lower(testNetworks.mobile());

test.each(networks)(
  'the %s network, lowered, made of layers and lowered again, stays the same',
  (_name, build) => {
    const graph = lower(build());
    const again = lower(toLayersModel(graph));
    const x = photosFor(graph, 2);
    expect(largestDifference(runEagerly(again, x), runEagerly(graph, x))).toBeLessThan(1e-6);
    expect(again.nodes.map(({ op, shape }) => ({ op, shape }))).toEqual(
      graph.nodes.map(({ op, shape }) => ({ op, shape })),
    );
  },
);

test.each(networks)(
  'the %s network, saved, gives the same answers in TensorFlow.js alone',
  { tags: ['native'] },
  async (_name, build) => {
    const graph = lower(build());
    const model = toLayersModel(graph);
    await model.save(`file://${folder}`);
    const x = photosFor(graph, 2);
    const expected = runEagerly(graph, x);
    await inPlainJavaScript(async () => {
      const loaded = await tf.loadLayersModel(await savedIn(folder));
      expect(largestDifference([loaded.predict(x)].flat(), expected)).toBeLessThan(1e-5);
    });
  },
);

test('only layers of TensorFlow.js 1.3.1 are used', () => {
  const old = [
    'InputLayer',
    'Conv2D',
    'DepthwiseConv2D',
    'Dense',
    'BatchNormalization',
    'ReLU',
    'Activation',
  ];
  const more = [
    'MaxPooling2D',
    'AveragePooling2D',
    'GlobalAveragePooling2D',
    'ZeroPadding2D',
    'Add',
    'Concatenate',
  ];
  const known = new Set([...old, ...more, 'Flatten']);
  const used = networks.flatMap(([, build]) => toLayersModel(lower(build())).layers);
  expect(used.map((layer) => layer.getClassName()).filter((name) => !known.has(name))).toEqual([]);
});

test('a network for another pixel scale gives the same answers, at no cost where the mean is the same', () => {
  const graph = mobile();
  const [trained, teachableMachine, lobe] = [
    { mean: 127, standardDeviation: 128 },
    { mean: 127, standardDeviation: 127 },
    { mean: 0, standardDeviation: 255 },
  ];
  const pixels = photosFor(graph, 2).mul(127.5).add(127.5);
  const scaled = (by: { mean: number; standardDeviation: number }) =>
    pixels.sub(by.mean).div(by.standardDeviation);
  const expected = runEagerly(graph, scaled(trained));
  const forTeachableMachine = rescaleInput(graph, trained, teachableMachine);
  const forLobe = rescaleInput(graph, trained, lobe);
  expect(largestDifference(runEagerly(forTeachableMachine, scaled(teachableMachine)), expected)).toBeLessThan(
    1e-5,
  );
  expect(largestDifference(runEagerly(forLobe, scaled(lobe)), expected)).toBeLessThan(1e-5);
  expect(forTeachableMachine.nodes).toHaveLength(graph.nodes.length);
  expect(forLobe.nodes).toHaveLength(graph.nodes.length + 1);
});

test('a network that scales its input already scales it once for another pixel scale too', () => {
  const graph = mobile();
  const scales = [
    { mean: 120, standardDeviation: 100 },
    { mean: 0, standardDeviation: 255 },
    { mean: 127, standardDeviation: 127 },
  ] as const;
  const [trained, first, second] = scales;
  const pixels = photosFor(graph, 2).mul(127.5).add(127.5);
  const twice = rescaleInput(rescaleInput(graph, trained, first), first, second);
  expect(twice.nodes.filter(({ op }) => op === 'scale')).toHaveLength(1);
  const expected = runEagerly(graph, pixels.sub(trained.mean).div(trained.standardDeviation));
  const answer = runEagerly(twice, pixels.sub(second.mean).div(second.standardDeviation));
  expect(largestDifference(answer, expected)).toBeLessThan(1e-5);
});

test('what Keras has no layer for is refused, with the formats that have it', () => {
  expect(() => toLayersModel(lower(beyondKeras.local()))).toThrow(/normalises local responses.*graph model/s);
});

test('disposing of the model leaves no tensors behind', () => {
  const graph = mobile();
  const before = tf.memory().numTensors;
  toLayersModel(graph).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
