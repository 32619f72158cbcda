import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as onnx from 'onnxruntime-node';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadSavedModel, startRuntime, tf } from '../tensorflow/runtime.ts';
import { openTfliteModel } from '../inference/index.ts';
import { lower } from './lower.ts';
import { toOnnx } from './onnx.ts';
import { inPlainJavaScript, savedIn } from './plain-tfjs-fixture.ts';
import { runEagerly } from './run-eagerly.ts';
import { writeSavedModel } from './savedmodel.ts';
import { beyondKeras, largestDifference, photosFor, testNetworks } from './networks-fixture.ts';
import { writeTfjsGraphModel } from './tfjs-graph.ts';
import { toTflite } from './tflite.ts';

let folder: string;
beforeAll(() => startRuntime());
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'scenelab-'))));
afterEach(() => rm(folder, { recursive: true }));

const networks = Object.entries({ ...testNetworks, ...beyondKeras });
const mobile = () => lower(testNetworks.mobile());
const names = { inputName: 'Image', outputNames: ['Confidences'] };

test.each(networks)('the %s network as a graph model runs in TensorFlow.js alone', async (_name, build) => {
  const graph = lower(build());
  await writeTfjsGraphModel(graph, folder);
  const x = photosFor(graph, 2);
  const expected = runEagerly(graph, x);
  await inPlainJavaScript(async () => {
    const model = await tf.loadGraphModel(await savedIn(folder));
    const answer = model.execute({ [`${model.inputs[0]?.name}`]: x });
    expect(largestDifference([answer].flat(), expected)).toBeLessThan(1e-5);
  });
});

test.each(networks)('the %s network as a TFLite model runs in LiteRT', async (_name, build) => {
  const graph = lower(build());
  const x = photosFor(graph, 2);
  const model = await openTfliteModel(toTflite(graph), x.shape.slice(1));
  const answers = (await model?.run(x.dataSync<'float32'>(), 2)) ?? [];
  model?.dispose();
  const expected = runEagerly(graph, x);
  const tensors = answers.map((values, i) => tf.tensor(values, expected[i]?.shape));
  expect(largestDifference(tensors, expected)).toBeLessThan(1e-5);
});

test('weights of a graph model come in files of four megabytes', async () => {
  const dense = tf.layers.dense({ inputShape: [1500], units: 1000 });
  const { files } = await writeTfjsGraphModel(lower(tf.sequential({ layers: [dense] })), folder);
  expect(files).toEqual(['model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin']);
  const sizes = await Promise.all(files.slice(1).map(async (file) => (await stat(join(folder, file))).size));
  expect(sizes[0]).toBe(4 * 1024 * 1024);
  expect((sizes[0] ?? 0) + (sizes[1] ?? 0)).toBe(4 * (1500 * 1000 + 1000));
});

test(
  'every format knows its input and output by the names that were asked for',
  { tags: ['native'] },
  async () => {
    const graph = mobile();
    const x = photosFor(graph, 1);
    const expected = runEagerly(graph, x);

    const session = await onnx.InferenceSession.create(toOnnx(graph, names));
    expect([session.inputNames, session.outputNames]).toEqual([['Image'], ['Confidences']]);
    await session.release();

    const written = await writeSavedModel(graph, join(folder, 'saved'), names);
    expect(written.input).toMatchObject({ key: 'Image', tensor: 'Image' });
    const model = await loadSavedModel(join(folder, 'saved'));
    const { Confidences } = model.predict({ Image: x });
    expect(largestDifference([Confidences ?? x], expected)).toBeLessThan(1e-5);
    model.dispose();

    await writeTfjsGraphModel(graph, folder, names);
    const { signature } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
    expect(signature.inputs.Image.name).toBe('Image:0');
    expect(Object.keys(signature.outputs)).toEqual(['Confidences']);
  },
);

test('a layer called like a part of another one keeps its own value', { tags: ['native'] }, async () => {
  const layers = [
    tf.layers.dense({ inputShape: [3], units: 2, name: 'a', biasInitializer: 'ones' }),
    tf.layers.dense({ units: 2, name: 'a/kernel', activation: 'softmax' }),
  ];
  const graph = lower(tf.sequential({ layers }));
  await writeSavedModel(graph, folder);
  const model = await loadSavedModel(folder);
  const x = photosFor(graph, 4);
  const answer = model.predict({ a_input: x });
  expect(largestDifference(Object.values(answer), runEagerly(graph, x))).toBeLessThan(1e-6);
  model.dispose();
});
