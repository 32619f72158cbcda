// @module-tag native
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lower, runEagerly, type InferenceGraph } from '../graph/index.ts';
import { beyondKeras, largestDifference, photosFor, testNetworks } from '../graph/networks-fixture.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { openEagerGraph } from './eager-graph.ts';
import { openGraph, type RunnableGraph, type GraphOptions } from './index.ts';
import { openNativeGraph } from './native-graph.ts';
import { openOnnxLanes } from './onnx-lanes.ts';

beforeAll(() => startRuntime({ kind: 'native' }));

const pixelScale = { mean: 127, standardDeviation: 128 };
const runners = { native: openNativeGraph, onnx: openOnnxLanes, eager: openEagerGraph };
type Open = (
  graph: InferenceGraph,
  options: GraphOptions,
) => Promise<RunnableGraph | undefined> | RunnableGraph;

async function opened(open: Open, graph: InferenceGraph, options: GraphOptions = {}) {
  const runner = await open(graph, options);
  if (!runner) throw new Error('ONNX Runtime is not installed.');
  return runner;
}

const networks = Object.entries({ ...testNetworks, ...beyondKeras });
const cases = networks.flatMap(([name, build]) =>
  Object.entries(runners).map(([kind, open]) => ({ name, kind, build, open })),
);

test.each(cases)(
  '$kind gives every value of the $name network as the reference does',
  async ({ build, open }) => {
    const whole = lower(build());
    const graph = { ...whole, outputs: whole.nodes.slice(1).map(({ name }) => name) };
    const runner = await opened(open, graph);
    for (const n of [3, 1]) {
      const x = photosFor(graph, n);
      const expected = runEagerly(graph, x);
      const actual = await runner.run(x.dataSync<'float32'>(), n);
      expect(largestDifference(tensorsLike(expected, actual), expected)).toBeLessThan(1e-5);
    }
    runner.dispose();
  },
);

describe.each(Object.entries(runners))('%s', (_kind, open) => {
  const build = testNetworks.mobile;

  test('takes pixels and scales them itself', async () => {
    const graph = lower(build());
    const values = photosFor(graph, 2).mul(127.5).add(127.5).round();
    const pixels = Uint8Array.from(values.dataSync());
    const runner = await opened(open, graph, { pixelScale });
    const expected = runEagerly(graph, values.sub(pixelScale.mean).div(pixelScale.standardDeviation));
    expect(largestDifference(tensorsLike(expected, await runner.run(pixels, 2)), expected)).toBeLessThan(
      1e-5,
    );
    runner.dispose();
  });

  test('keeps no tensors once it is disposed of', async () => {
    const graph = lower(build());
    const x = photosFor(graph, 1).dataSync<'float32'>();
    const before = tf.memory().numTensors;
    const runner = await opened(open, graph);
    await runner.run(x, 1);
    runner.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('a large batch gives what its photos give one by one', async () => {
  const graph = lower(
    tf.sequential({ layers: [tf.layers.globalAveragePooling2d({ inputShape: [600, 600, 3] })] }),
  );
  const x = photosFor(graph, 10).dataSync<'float32'>();
  const runner = await openGraph(graph);
  const [together = new Float32Array()] = await runner.run(x, 10);
  const size = x.length / 10;
  const apart = [];
  for (let i = 0; i < 10; i++) apart.push(...(await runner.run(x.subarray(i * size, (i + 1) * size), 1)));
  expect(together).toEqual(Float32Array.from(apart.flatMap((values) => [...values])));
  runner.dispose();
});

test('native sessions are closed and their files gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scenelab-'));
  const before = sessions();
  const graph = lower(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 3] })] }));
  const runner = await openNativeGraph(graph, { cacheFolder: folder });
  expect(sessions()).toBe(before + 1);
  expect(await readdir(folder)).toEqual([]);
  runner.dispose();
  expect(sessions()).toBe(before);
  await rm(folder, { recursive: true });
});

test('input of the wrong size or kind is refused before it reaches native code', async () => {
  const graph = lower(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 3] })] }));
  const [floats, pixels] = [await openGraph(graph), await openGraph(graph, { pixelScale })];
  await expect(floats.run(new Float32Array(12), 2)).rejects.toThrow('expected Float32Array(2 * 12)');
  await expect(pixels.run(new Float32Array(12), 1)).rejects.toThrow('expected Uint8Array(1 * 12)');
  floats.dispose();
  pixels.dispose();
});

test('the portable runtime runs the same graph', async () => {
  const graph = lower(testNetworks.inception());
  const x = photosFor(graph, 2);
  const expected = runEagerly(graph, x).map((tensor) => tensor.dataSync());
  await startRuntime({ kind: 'portable' });
  const runner = await openGraph(graph);
  const actual = await runner.run(x.dataSync<'float32'>(), 2);
  await startRuntime({ kind: 'native' });
  actual[0]?.forEach((value, i) => expect(value).toBeCloseTo(expected[0]?.[i] ?? NaN, 5));
  runner.dispose();
});

function tensorsLike(shapes: tf.Tensor[], values: Float32Array[]): tf.Tensor[] {
  return shapes.map(({ shape }, i) => tf.tensor(values[i] ?? [], shape));
}

/** tfjs-node counts the sessions it holds. */
function sessions(): number {
  const backend: object & { getNumOfSavedModels?: () => number } = tf.backend();
  return backend.getNumOfSavedModels?.() ?? NaN;
}
