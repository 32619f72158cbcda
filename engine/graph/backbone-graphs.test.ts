// @module-tag native
import { beforeAll, expect, test } from 'vitest';
import { listBackbones, loadBackbone } from '../backbones/index.ts';
import { randomize } from '../backbones/keras-file-fixture.ts';
import { openEagerGraph } from '../inference/eager-graph.ts';
import type { RunnableGraph } from '../inference/index.ts';
import { openNativeGraph } from '../inference/native-graph.ts';
import { openOnnxLanes } from '../inference/onnx-lanes.ts';
import { buildInceptionV3 } from '../networks/inception-v3.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { lower, subgraph, type InferenceGraph } from './index.ts';

beforeAll(() => startRuntime());

/** Inception's weights don't come with the app: random ones stand in. */
async function graphOf(id: string): Promise<InferenceGraph> {
  if (id !== 'inception-v3') return (await loadBackbone(id)).graph;
  const model = buildInceptionV3();
  randomize(model, 1);
  const graph = lower(model, ['embedding', 'probabilities']);
  model.dispose();
  return graph;
}

const photo = (size: number) => tf.randomUniform([size ** 2 * 3], -1, 1, 'float32', 3).dataSync<'float32'>();

test.each(listBackbones())(
  '$name gives the same values at every cut and output in TensorFlow, in ONNX Runtime and step by step',
  async ({ id, cuts, inputSize }) => {
    const whole = await graphOf(id);
    const graph = { ...whole, outputs: [...cuts.map(({ name }) => name), ...whole.outputs] };
    const x = photo(inputSize);
    const expected = await runOnce(openEagerGraph(graph, {}), x);
    for (const open of [await openNativeGraph(graph, {}), await openOnnxLanes(graph, {})])
      expect(difference(await runOnce(open, x), expected)).toBeLessThan(1e-5);
  },
);

test('EfficientNet-Lite0 answers the same when what is above a cut reads what is below it', async () => {
  const whole = await graphOf('efficientnet-lite0');
  const x = photo(224);
  const expected = await runOnce(await openNativeGraph(whole, {}), x);
  for (const cut of ['block10', 'block15']) {
    const [features = x] = await runOnce(await openNativeGraph(subgraph(whole, null, [cut]), {}), x);
    const tail = subgraph(whole, cut, whole.outputs);
    expect(difference(await runOnce(await openNativeGraph(tail, {}), features), expected)).toBeLessThan(1e-5);
  }
});

async function runOnce(open: RunnableGraph | undefined, x: Float32Array): Promise<Float32Array[]> {
  const values = await open?.run(x, 1);
  open?.dispose();
  return values ?? [];
}

/** The largest difference of any output as a share of its largest value; NaN where one is missing. */
function difference(actual: Float32Array[], expected: Float32Array[]): number {
  const largest = (values: Float32Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const shares = expected.map((values, i) => {
    const apart = values.map((value, j) => value - (actual[i]?.[j] ?? NaN));
    return largest(apart) / largest(values);
  });
  return Math.max(...shares);
}
