import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { EvaluateResult, type EvaluateInput, type ImportInput, type Notice } from '../../contract/index.ts';
import { importPhotos } from '../imports/index.ts';
import { findProject } from '../library/find-project.ts';
import { assignSplits, finishRun, listTrainingPhotos, openLibrary, startRun } from '../library/index.ts';
import { modelFolder } from '../models/find-model.ts';
import { colourModel, exampleDetails } from '../models/fixture.ts';
import { startCompute } from '../start-compute.ts';
import { evaluateModel } from './evaluate-model.ts';
import { storeEvaluation } from './stored-evaluation.ts';

const root = mkdtempSync(join(tmpdir(), 'scenelab-evaluate-'));
const model = join(root, 'model');
const photos = join(root, 'photos');
const compute = startCompute();
const save = (folder: string) =>
  compute.call('writeModel', { folder, model: colourModel, details: exampleDetails });

beforeAll(async () => {
  await save(model);
  await photo('red/right.jpg', '#ff0000');
  await photo('red/sure mistake.jpg', '#0000ff');
  await photo('red/deeper/unsure mistake.jpg', '#508050');
  await photo('green/right.jpg', '#00ff00');
  await photo('purple/unknown.jpg', '#ff00ff');
  writeFileSync(join(photos, 'green/broken.jpg'), 'broken');
});
afterAll(async () => {
  await compute.close();
  rmSync(root, { recursive: true });
});

async function photo(path: string, background: string): Promise<void> {
  const file = join(photos, path);
  mkdirSync(join(file, '..'), { recursive: true });
  await sharp({ create: { width: 9, height: 9, channels: 3, background } })
    .png()
    .toFile(file);
}

async function evaluate(input: EvaluateInput) {
  const notices: Notice[] = [];
  const stream = evaluateModel(compute, input, new AbortController().signal);
  let step = await stream.next();
  for (; !step.done; step = await stream.next()) if (step.value.kind === 'notice') notices.push(step.value);
  return { result: EvaluateResult.parse(step.value), notices };
}

test('a folder with a sub-folder per label gives the figures and the mistakes, the surest first', async () => {
  const { result } = await evaluate({ model, folder: photos });
  expect(result.test).toMatchObject({ n: 4, accuracy: 0.5, confusion: [[1, 1, 1], [0, 1, 0], [0, 0, 0]] }); // prettier-ignore
  expect(result.mistakes.map(({ path, label, predicted }) => [basename(path), label, predicted])).toEqual([
    ['sure mistake.jpg', 'red', 'blue'],
    ['unsure mistake.jpg', 'red', 'green'],
  ]);
  expect(result.skipped).toMatchObject([{ path: join(photos, 'green/broken.jpg') }]);
});

test('the baseline answers what the model was trained on most', async () => {
  const { result } = await evaluate({ model, folder: photos });
  expect(result.baseline).toEqual({ className: 'green', accuracy: 0.25 });
});

test('labels that the model does not know are named and left out', async () => {
  const { notices } = await evaluate({ model, folder: photos });
  expect(notices.filter(({ code }) => code === 'LABEL_UNKNOWN')).toEqual([
    {
      kind: 'notice',
      code: 'LABEL_UNKNOWN',
      message: `The model doesn't know the label “purple”; its photos (1) are left out.`,
    },
  ]);
});

test('a folder without any known label is refused, and so is a model without a folder or project', async () => {
  await expect(evaluate({ model, folder: join(photos, 'purple') })).rejects.toMatchObject({
    code: 'NO_PHOTOS',
  });
  await expect(evaluate({ model })).rejects.toMatchObject({ code: 'USAGE' });
  await expect(evaluate({ model: 'efficientnet-lite0' })).rejects.toMatchObject({ code: 'USAGE' });
});

test('a project answers with the evaluation of its newest finished run', async () => {
  // The project that is kept for a folder of photos, which may be named in its place.
  vi.stubEnv('SCENELAB_DATA', join(root, 'data'));
  const { project } = findProject(photos);
  const { test: figures, baseline } = exampleDetails;
  using library = openLibrary(project, { create: true });
  await expect(evaluate({ model: project })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const [finished, failed] = [0, 1].map(() =>
    startRun(library, { settings: {}, settingsHash: '', dataHash: '' }),
  );
  for (const run of [finished, failed]) await save(modelFolder(library.runFolder(run?.id ?? '')));
  finishRun(library, finished?.id ?? '', 'finished');
  finishRun(library, failed?.id ?? '', 'failed');
  const folder = library.runFolder(finished?.id ?? '');
  const answer = {
    photo: '0'.repeat(64),
    path: 'a.jpg',
    label: 'a',
    predicted: 'b',
    probability: 0.9,
    labelProbability: 0,
  };
  const learned = [true, false].map((suspect) => ({ ...answer, suspect }));
  await storeEvaluation(folder, { test: figures, baseline, skipped: [], mistakes: [], learned });
  for (const model of [project, photos, modelFolder(folder)]) {
    const { result } = await evaluate({ model });
    expect(result).toMatchObject({ model: modelFolder(folder), test: figures, baseline });
    expect(result.suspects).toEqual([{ path: 'a.jpg', label: 'a', predicted: 'b', probability: 0.9 }]);
  }
});

test('it is said when the model was trained on the photos that judge it', async () => {
  const project = join(root, 'learned.scenelab');
  using library = openLibrary(project, { create: true });
  const input: ImportInput = { project, folders: [photos], nested: 'flatten', groupByFolder: false };
  await Array.fromAsync(importPhotos(library, input, new AbortController().signal));
  assignSplits(library);
  const run = startRun(library, { settings: {}, settingsHash: '', dataHash: '' });
  await save(modelFolder(library.runFolder(run.id)));
  finishRun(library, run.id, 'finished');
  const learned = listTrainingPhotos(library).filter(({ split }) => split !== 'test').length;
  const { notices } = await evaluate({ model: project, folder: photos });
  expect(learned).toBeGreaterThan(0);
  expect(notices[0]).toMatchObject({
    code: 'LEARNED_PHOTOS',
    message: expect.stringContaining(`on ${learned} of`),
  });
  const outside = await evaluate({ model, folder: photos });
  expect(outside.notices[0]).toMatchObject({
    code: 'LEARNED_PHOTOS',
    message: expect.stringContaining("can't tell"),
  });
});
