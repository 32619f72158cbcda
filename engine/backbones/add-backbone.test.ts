import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BackboneInfo, Notice, Progress } from '../../contract/index.ts';
import { buildEfficientNetLite } from '../networks/efficientnet-lite.ts';
import { buildInceptionV3 } from '../networks/inception-v3.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { addBackbone } from './add-backbone.ts';
import { sha256Of, type Download } from './download.ts';
import { randomize, writeKerasFile } from './keras-file-fixture.ts';
import { loadBackbone, loadBackboneLayers } from './load-backbone.ts';
import { listBackbones } from './registry.ts';
import { serveFile } from './serve-file-fixture.ts';

let folder: string;
/** A real-sized Keras file with random weights, and the network that it is of. */
let file: string;
let original: tf.LayersModel;

beforeAll(async () => {
  await startRuntime();
  folder = await mkdtemp(join(tmpdir(), 'scenelab-'));
  process.env['SCENELAB_DATA'] = join(folder, 'data');
  process.env['SCENELAB_CACHE'] = join(folder, 'cache');
  file = join(folder, 'inception.h5');
  original = buildInceptionV3();
  randomize(original, 1);
  await writeKerasFile(file, original, 95);
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => rm(join(folder, 'data'), { recursive: true, force: true }));

interface Added {
  readonly info: BackboneInfo;
  readonly events: (Progress | Notice)[];
}

async function add(backbone: string, from?: string, published?: Download): Promise<Added> {
  const adding = addBackbone({ backbone, file: from }, new AbortController().signal, published);
  const events: (Progress | Notice)[] = [];
  for (;;) {
    const { done, value } = await adding.next();
    if (done) return { info: value, events };
    events.push(value);
  }
}

const notices = ({ events }: Added) =>
  events.flatMap((event) => (event.kind === 'notice' ? [event.code] : []));
const isInstalled = () => listBackbones().find(({ id }) => id === 'inception-v3')?.installed;

function answer(model: tf.LayersModel): Float32Array {
  return tf.tidy(() => {
    const output = model.predict(tf.randomUniform([1, 299, 299, 3], -1, 1, 'float32', 5));
    if (!(output instanceof tf.Tensor)) throw new Error('one output');
    return Float32Array.from(output.dataSync());
  });
}

test('a network that was added answers as the one that Keras saved', async () => {
  const added = await add('inception-v3', file);
  expect(added.info).toMatchObject({ installed: true, classes: 1000 });
  expect(notices(added)).toEqual(['OTHER_WEIGHTS']);
  const model = await loadBackboneLayers('inception-v3');
  const answers = answer(model);
  expect(Math.max(...answers)).toBeGreaterThan(2 / 1000);
  expect(answers).toEqual(answer(original));
  model.dispose();
});

test('a file without the classifier gives a backbone without classes', async () => {
  const features = buildInceptionV3(0);
  randomize(features, 2);
  const noTop = join(folder, 'notop.h5');
  await writeKerasFile(noTop, features, 1);
  features.dispose();
  expect(notices(await add('inception-v3', noTop))).toContain('NO_CLASSES');
  const { info, graph, classNames } = await loadBackbone('inception-v3');
  expect([info.classes, graph.outputs, classNames]).toEqual([0, ['embedding'], []]);
});

test('fetched over a connection that breaks off, checked and installed, and the next time left as it is', async () => {
  await using server = await serveFile(await readFile(file), {
    breaksAfter: (request) => (request === 0 ? 60_000_000 : undefined),
  });
  const published = { url: server.url, sha256: await sha256Of(file) };
  const added = await add('inception-v3', undefined, published);
  expect(added.info.installed).toBe(true);
  expect(notices(added)).toEqual([]);
  expect(server.ranges).toHaveLength(2);
  expect(existsSync(join(folder, 'cache/backbones/weights.h5'))).toBe(false);
  await add('inception-v3', undefined, published);
  expect(server.ranges).toHaveLength(2);
});

test('leaves no tensors behind', async () => {
  const before = tf.memory().numTensors;
  await add('inception-v3', file);
  await loadBackbone('inception-v3');
  expect(tf.memory().numTensors).toBe(before);
});

test('a file that can not be used is refused, and what was there stays', async () => {
  await add('inception-v3', file);
  const other = join(folder, 'other.h5');
  const lite = buildEfficientNetLite('lite0', 0);
  await writeKerasFile(other, lite, 1);
  lite.dispose();
  await expect(add('inception-v3', other)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  await writeFile(other, (await readFile(file)).subarray(0, 50_000_000));
  await expect(add('inception-v3', other)).rejects.toMatchObject({ code: 'NOT_READABLE' });
  await writeFile(other, 'no weights');
  await expect(add('inception-v3', other)).rejects.toMatchObject({ code: 'NOT_READABLE' });
  await expect(add('inception-v3', join(folder, 'none.h5'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(isInstalled()).toBe(true);
});

test('what there is nothing to add to', async () => {
  await expect(add('efficientnet-lite0', file)).rejects.toMatchObject({ code: 'USAGE' });
  await expect(add('resnet-50')).rejects.toMatchObject({ code: 'BACKBONE_UNKNOWN' });
  expect((await add('efficientnet-lite0')).info.installed).toBe(true);
});

test('until it is added, loading it says how to', async () => {
  await expect(loadBackbone('inception-v3')).rejects.toMatchObject({
    code: 'BACKBONE_MISSING',
    data: { fix: 'Run `scenelab backbone add inception-v3`' },
  });
});
