import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runEagerly } from '../graph/index.ts';
import { testNetworks } from '../graph/networks-fixture.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { teachable } from './fixture.ts';
import { readModelInfo } from './read-model-info.ts';
import { readModel } from './read-model.ts';

const root = mkdtempSync(join(tmpdir(), 'scenelab-models-'));
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(() => startRuntime());

let folder = '';
let folders = 0;
beforeEach(() => {
  folder = join(root, String((folders += 1)));
  mkdirSync(folder);
});

/** A TF.js layers model as Teachable Machine's site writes it, with its weights in `shards` files. */
async function writeNetwork(network: tf.LayersModel, shards = 1): Promise<void> {
  await network.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const bytes = Buffer.from(tf.io.CompositeArrayBuffer.join(weightData));
      const size = Math.ceil(bytes.length / shards);
      const paths = Array.from({ length: shards }, (_, i) => `part${i}.bin`);
      paths.forEach((path, i) => writeFileSync(join(folder, path), bytes.subarray(i * size, (i + 1) * size)));
      write('model.json', { modelTopology, weightsManifest: [{ paths, weights: weightSpecs }] });
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
}

function write(name: string, content: object): void {
  writeFileSync(join(folder, name), JSON.stringify(content));
}

const labels = ['cat', 'dog', 'neither'];

test.each([1, 3])(
  'a Teachable Machine export with weights in %i files predicts what its own network predicts',
  async (shards) => {
    const network = teachable();
    await writeNetwork(network, shards);
    write('metadata.json', {
      tfjsVersion: '1.3.1',
      tmVersion: '2.3.1',
      labels,
      modelName: 'my pets',
      imageSize: 24,
    });
    const model = await readModel(folder);
    expect(model).toMatchObject({
      name: 'my pets',
      classNames: labels,
      inputSize: 24,
      framing: 'crop',
      pixelScale: { mean: 127, standardDeviation: 127 },
      backbone: null,
    });
    const photos = tf.randomUniform<tf.Rank.R4>([5, 24, 24, 3], -1, 1);
    const [ours] = runEagerly(model.graph, photos);
    const theirs = network.predict(photos);
    if (ours === undefined || Array.isArray(theirs)) throw new Error('one output each');
    expect(ours.sub(theirs).abs().max().dataSync()[0]).toBeLessThan(1e-6);
  },
);

test('reading leaves no tensor behind', async () => {
  await writeNetwork(teachable());
  write('metadata.json', { labels });
  const before = tf.memory().numTensors;
  await readModel(folder);
  expect(tf.memory().numTensors).toBe(before);
});

test('a folder that is not there is not found', async () => {
  await expect(readModelInfo(join(root, 'nothing'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['nothing in it', () => undefined],
  ['no network', () => write('metadata.json', { labels })],
  ['labels that are none', () => write('metadata.json', { labels: 'cat' })],
  ['metadata that is no JSON', () => writeFileSync(join(folder, 'metadata.json'), '{"labels": [')],
  ['a signature of something else', () => write('signature.json', { doc_id: 'x' })],
])('a folder with %s is an invalid model', async (_, prepare) => {
  prepare();
  await expect(readModel(folder)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
});

test('a network with another number of answers than labels is refused', async () => {
  await writeNetwork(teachable());
  write('metadata.json', { labels: ['cat', 'dog'] });
  await expect(readModel(folder)).rejects.toThrow('answers with 3 numbers for 2 labels');
});

test('a network that does not look at square colour photos is refused', async () => {
  await writeNetwork(testNetworks['nested']?.() ?? teachable());
  write('metadata.json', { labels });
  await expect(readModel(folder)).rejects.toThrow('17 × 22 pixels');
});

test('missing weights are told, not guessed', async () => {
  await writeNetwork(teachable());
  write('metadata.json', { labels });
  rmSync(join(folder, 'part0.bin'));
  await expect(readModel(folder)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
});
