import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Prediction, PredictInput, SkippedEvent } from '../../contract/index.ts';
import { colourModel, exampleDetails } from '../models/fixture.ts';
import { startCompute } from '../start-compute.ts';
import { predictPhotos } from './predict-photos.ts';

const sample = fileURLToPath(new URL('../../assets/sample', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'scenelab-predict-'));
const model = join(root, 'model');
const compute = startCompute();
beforeAll(() => compute.call('writeModel', { folder: model, model: colourModel, details: exampleDetails }));
afterAll(async () => {
  await compute.close();
  rmSync(root, { recursive: true });
});

async function photo(path: string, background: string): Promise<string> {
  const picture = sharp({ create: { width: 20, height: 10, channels: 3, background } });
  await picture.jpeg({ quality: 100 }).toFile(join(root, path));
  return join(root, path);
}

async function predict(input: Partial<PredictInput>, signal = new AbortController().signal) {
  const events: (Prediction | SkippedEvent)[] = [];
  const stream = predictPhotos(compute, { model, paths: [], top: 3, ...input }, signal);
  let step = await stream.next();
  for (; !step.done; step = await stream.next())
    if (step.value.kind === 'prediction' || step.value.kind === 'skipped') events.push(step.value);
  return { events, summary: step.value };
}

test('photos and folders are answered in order, the most probable class first', async () => {
  mkdirSync(join(root, 'colours/deeper'), { recursive: true });
  await photo('colours/b.jpg', '#ff2020');
  await photo('colours/a.jpg', '#2020ff');
  await photo('colours/deeper/c.jpg', '#20ff20');
  const { events, summary } = await predict({ paths: [join(root, 'colours')], top: 2 });
  const answers = events.map((event) => [
    basename(event.path),
    event.kind === 'prediction' ? event.predictions[0]?.className : event.code,
  ]);
  expect(answers).toEqual([['a.jpg', 'blue'], ['b.jpg', 'red'], ['c.jpg', 'green']]); // prettier-ignore
  expect(summary).toEqual({ predicted: 3, skipped: 0 });
  expect(events[0]).toMatchObject({
    unsure: false,
    predictions: [{ className: 'blue' }, { className: 'red' }],
  });
});

test('the probabilities are those of the network on the framed photo', async () => {
  const { events } = await predict({ paths: [await photo('red.jpg', '#ff0000')] });
  const [event] = events;
  // Pixels 254, 0, 0 (JPEG) scaled to 1, -1, -1 give logits 2, -2, -2.
  const e = Math.exp(4);
  const expected = [e / (e + 2), 1 / (e + 2), 1 / (e + 2)];
  const probabilities = event?.kind === 'prediction' ? event.predictions.map((p) => p.probability) : [];
  probabilities.forEach((probability, i) => expect(probability).toBeCloseTo(expected[i] ?? NaN, 2));
});

test('a photo of nothing known is marked as unsure', async () => {
  const { events } = await predict({ paths: [await photo('grey.jpg', '#808080')] });
  expect(events).toMatchObject([{ kind: 'prediction', unsure: true }]);
});

test('a file that is no photo is skipped in its place with a reason, and the rest goes on', async () => {
  mkdirSync(join(root, 'mixed'));
  await photo('mixed/1.jpg', '#ff0000');
  writeFileSync(join(root, 'mixed/2.jpg'), '');
  writeFileSync(join(root, 'mixed/3.jpg'), 'not a photo at all');
  const whole = readFileSync(join(sample, 'fish/fish1.webp'));
  writeFileSync(join(root, 'mixed/4.webp'), whole.subarray(0, whole.length / 2));
  await photo('mixed/5.jpg', '#00ff00');
  const { events, summary } = await predict({ paths: [join(root, 'mixed')] });
  expect(events.map(({ kind }) => kind)).toEqual([
    'prediction',
    'skipped',
    'skipped',
    'skipped',
    'prediction',
  ]);
  expect(events[1]).toMatchObject({ code: 'EMPTY_FILE', reason: expect.stringMatching(/empty/) });
  expect(summary).toEqual({ predicted: 2, skipped: 3 });
});

test('the order holds over many batches', async () => {
  mkdirSync(join(root, 'many'));
  const colours = ['#ff0000', '#00ff00', '#0000ff'];
  for (let i = 0; i < 75; i += 1)
    await photo(`many/${String(i).padStart(3, '0')}.jpg`, colours[(i * i) % 3] ?? '');
  const { events } = await predict({ paths: [join(root, 'many')], top: 1 });
  const answers = events.map((event) => (event.kind === 'prediction' ? event.predictions[0]?.className : ''));
  expect(answers).toEqual(Array.from({ length: 75 }, (_, i) => colourModel.classNames[(i * i) % 3]));
});

test('a bare backbone says its ImageNet names', async () => {
  const paths = ['tool/hammer3.webp', 'fish/fish25.webp'].map((name) => join(sample, name));
  const { events } = await predict({ model: 'efficientnet-lite0', paths, top: 1 });
  expect(events).toMatchObject([
    { kind: 'prediction', predictions: [{ className: 'hammer' }] },
    { kind: 'prediction', predictions: [{ className: 'goldfish' }] },
  ]);
});

test('unknown models, missing files and folders without photos are told', async () => {
  mkdirSync(join(root, 'empty'));
  await expect(predict({ model: 'mobilenet', paths: [sample] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(predict({ model: join(root, 'empty'), paths: [sample] })).rejects.toMatchObject({
    code: 'MODEL_INVALID',
  });
  await expect(predict({ paths: [join(root, 'gone.jpg')] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(predict({ paths: [join(root, 'empty')] })).rejects.toMatchObject({ code: 'NO_PHOTOS' });
});

test('cancelling ends it', async () => {
  const controller = new AbortController();
  const stream = predictPhotos(compute, { model, paths: [sample], top: 1 }, controller.signal);
  await stream.next();
  controller.abort();
  const rest = Array.fromAsync(stream);
  await expect(rest).rejects.toMatchObject({ name: 'AbortError' });
});
