import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExportFormat } from '../../contract/index.ts';
import { runExport } from '../exports/run-export.ts';
import { lower } from '../graph/index.ts';
import { openGraph } from '../inference/index.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { exampleDetails, teachable } from './fixture.ts';
import { readModel } from './read-model.ts';
import { Signature } from './signature.ts';
import type { TrainedModel } from './trained-model.ts';
import { writeModel, writeModelFiles } from './write-model.ts';

const root = mkdtempSync(join(tmpdir(), 'scenelab-write-'));
afterAll(() => rmSync(root, { recursive: true }));
beforeAll(() => startRuntime());

/** As the backbones are: pixels scaled by another factor than the clients of the exports do. */
function trained(pixelScale = { mean: 127, standardDeviation: 128 }, seed = 1): TrainedModel {
  const network = teachable(seed);
  return {
    name: 'my pets',
    classNames: ['cat', 'dog', 'neither, really'],
    framing: 'fit',
    pixelScale,
    backbone: 'efficientnet-lite0',
    unsureBelow: 0.6,
    trainingPhotos: [30, 20, 10],
    graph: lower(network),
    inputSize: 24,
  };
}

const photos = Array.from({ length: 11 }, (_, i) =>
  Uint8Array.from({ length: 24 * 24 * 3 }, (_, j) => ((j % 3) * i * 60 + i * 23 + ((j * j) % 97)) % 256),
);

/** What the app says: pixels in, scaled inside the graph. */
async function predictions({
  graph,
  pixelScale,
}: Pick<TrainedModel, 'graph' | 'pixelScale'>): Promise<Float32Array> {
  const open = await openGraph(graph, { pixelScale });
  const [probabilities] = await open.run(
    Uint8Array.from(photos.flatMap((photo) => [...photo])),
    photos.length,
  );
  open.dispose();
  return probabilities ?? new Float32Array(0);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? NaN))));
}

test('a model that was written is read as the same model', async () => {
  const model = trained();
  await writeModel({ folder: join(root, 'same'), model, details: exampleDetails });
  const { graph, inputSize, ...info } = await readModel(join(root, 'same'));
  const read = { ...info, inputSize, graph: model.graph };
  expect(read).toEqual({ ...model, pixelScale: { mean: 127, standardDeviation: 127 } });
  const [before, after] = [await predictions(model), await predictions({ graph, ...info })];
  expect(largestDifference(before, after)).toBeLessThan(1e-6);
});

test('its folder holds the files of a Teachable Machine export, plain labels, signature and card', async () => {
  const folder = join(root, 'files');
  await writeModel({ folder, model: trained(), details: exampleDetails });
  expect(readdirSync(folder).sort()).toEqual([
    'labels.txt',
    'metadata.json',
    'model-card.md',
    'model.json',
    'signature.json',
    'weights.bin',
  ]);
  expect(readFileSync(join(folder, 'labels.txt'), 'utf8')).toBe('cat\ndog\nneither, really\n');
  const metadata: unknown = JSON.parse(readFileSync(join(folder, 'metadata.json'), 'utf8'));
  expect(metadata).toMatchObject({
    labels: ['cat', 'dog', 'neither, really'],
    modelName: 'my pets',
    imageSize: 24,
  });
  expect(readFileSync(join(folder, 'model-card.md'), 'utf8')).toContain('tf.loadLayersModel');
});

test('writing leaves no tensor behind and takes the place of an older model', async () => {
  const folder = join(root, 'again');
  const model = trained();
  await writeModel({ folder, model, details: exampleDetails });
  writeFileSync(join(folder, 'stale.txt'), '');
  const before = tf.memory().numTensors;
  await writeModel({ folder, model, details: exampleDetails });
  expect(tf.memory().numTensors).toBe(before);
  expect(existsSync(join(folder, 'stale.txt'))).toBe(false);
  expect(existsSync(`${folder}.partial`)).toBe(false);
});

test('the same model has the same signature, another one another version', async () => {
  const model = trained();
  const read = (name: string) =>
    Signature.parse(JSON.parse(readFileSync(join(root, name, 'signature.json'), 'utf8')));
  await writeModel({ folder: join(root, 'a'), model, details: exampleDetails });
  await writeModel({ folder: join(root, 'b'), model, details: exampleDetails });
  await writeModel({ folder: join(root, 'c'), model: trained(undefined, 2), details: exampleDetails });
  expect(read('a')).toEqual(read('b'));
  expect(read('c').doc_version).not.toBe(read('a').doc_version);
  expect(read('a').doc_version).toMatch(/^[0-9a-f]{32}$/);
  expect(read('a').doc_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('a folder that can not be written to is told', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  await expect(
    writeModel({ folder: join(file, 'model'), model: trained(), details: exampleDetails }),
  ).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
  });
});

/** What the written file answers to the photos. */
async function answersOf(folder: string): Promise<Float32Array[] | null> {
  const events = runExport({ folder, photos });
  let next = await events.next();
  while (!next.done) next = await events.next();
  return next.value;
}

async function answersLikeTheApp(format: ExportFormat): Promise<void> {
  // Inception's mean differs from the clients', so that it can't be hidden in the first weights.
  for (const pixelScale of [
    { mean: 127, standardDeviation: 128 },
    { mean: 127.5, standardDeviation: 127.5 },
  ]) {
    const folder = mkdtempSync(join(root, 'export-'));
    const model = trained(pixelScale);
    await writeModelFiles(folder, model, format, '# card');
    const answers = await answersOf(folder);
    expect(answers?.length).toBe(photos.length);
    expect(largestDifference(answers?.[0] ?? [], answers?.[1] ?? [])).toBeGreaterThan(0.01);
    const flat = (answers ?? []).flatMap((answer) => [...answer]);
    expect(largestDifference(flat, await predictions(model))).toBeLessThan(2e-6);
  }
}

test.each(ExportFormat.options.filter((format) => format !== 'savedmodel'))(
  'a %s export, run from its files alone, answers what the app answers',
  answersLikeTheApp,
);

test('a SavedModel, run from its files alone, answers what the app answers', { tags: ['native'] }, () =>
  answersLikeTheApp('savedmodel'),
);

test.each(['savedmodel', 'onnx', 'tfjs-graph', 'tflite'] as const)(
  'a %s export follows the conventions of Lobe',
  async (format) => {
    const folder = mkdtempSync(join(root, 'lobe-'));
    await writeModelFiles(folder, trained(), format, '# card');
    const signature = Signature.parse(JSON.parse(readFileSync(join(folder, 'signature.json'), 'utf8')));
    expect(signature.inputs.Image).toMatchObject({ dtype: 'float32', shape: [null, 24, 24, 3] });
    expect(signature.inputs.Image.name.replace(/:0$/, '')).toBe('Image');
    expect(signature.outputs.Confidences.shape).toEqual([null, 3]);
    expect(signature.classes.Label).toEqual(['cat', 'dog', 'neither, really']);
    expect(signature.preprocessing).toEqual({
      framing: 'fit',
      pixelScale: { mean: 0, standardDeviation: 255 },
    });
    expect(existsSync(join(folder, signature.filename))).toBe(true);
  },
);

test('a Keras export follows the conventions of Teachable Machine', async () => {
  const folder = mkdtempSync(join(root, 'keras-'));
  await writeModelFiles(folder, trained(), 'keras', '# card');
  expect(readFileSync(join(folder, 'labels.txt'), 'utf8')).toBe('0 cat\n1 dog\n2 neither, really\n');
  const signature = Signature.parse(JSON.parse(readFileSync(join(folder, 'signature.json'), 'utf8')));
  expect(signature.filename).toBe('keras_model.h5');
  expect(signature.preprocessing.pixelScale).toEqual({ mean: 127.5, standardDeviation: 127.5 });
});
