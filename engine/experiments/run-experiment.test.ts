import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  ExperimentEvent,
  ExperimentResult,
  RunExperimentInput,
  type ScenelabError,
} from '../../contract/index.ts';
import { openLibrary, type Library } from '../library/index.ts';
import { temporaryFolder } from '../library/photos-fixture.ts';
import { startCompute } from '../start-compute.ts';
import { runExperiment } from './run-experiment.ts';
import { readExperiments, storeExperiment } from './stored-experiments.ts';

const compute = startCompute();
const libraries: Library[] = [];
const folder = temporaryFolder();
const sample = join(import.meta.dirname, '../../assets/sample');
beforeEach(() => {
  process.env['SCENELAB_DATA'] = join(folder, expect.getState().currentTestName ?? '');
});
afterAll(async () => {
  for (const library of libraries) library[Symbol.dispose]();
  await compute.close();
});

async function run(input: RunExperimentInput, computing = compute, signal = new AbortController().signal) {
  const open = (project: string, options: { create?: boolean } = {}) => {
    const library = openLibrary(project, options);
    libraries.push(library);
    return library;
  };
  const events: ExperimentEvent[] = [];
  for (const stream = runExperiment(computing, open, input, signal); ;) {
    const next = await stream.next();
    if (next.done) return { events, result: ExperimentResult.parse(next.value) };
    events.push(ExperimentEvent.parse(next.value));
  }
}

/** A folder with five photos of each of two labels. */
const photos = join(folder, 'few');
for (const label of ['fish', 'windmill']) {
  mkdirSync(join(photos, label), { recursive: true });
  for (const name of readdirSync(join(sample, label)).slice(0, 5))
    copyFileSync(join(sample, label, name), join(photos, label, name));
}
const onPhotos = RunExperimentInput.parse({ id: 'photos-per-class', seeds: 1, photos });

test('photos teach three networks, and what came of it is kept', { tags: ['native'] }, async () => {
  const { events, result } = await run(onPhotos);
  const shape = { axis: 'photos-per-class', values: [1, 2], classes: 2, testImages: 6, data: 'few' };
  expect(result).toMatchObject({ ...onPhotos, ...shape });
  expect(result.arms.map(({ id }) => id)).toEqual(['from-scratch', 'feature-extraction', 'fine-tuning']);
  for (const { points } of result.arms) expect(points.map(({ values }) => values.length)).toEqual([1, 1]);
  for (const { points } of result.arms.slice(1)) expect(points.at(-1)?.mean).toBeGreaterThan(0.5);
  // One run of each side shows nothing.
  expect(result.comparisons.map(({ verdict }) => verdict)).toEqual(['unclear', 'unclear']);
  const kinds = new Set(events.map((event) => (event.kind === 'progress' ? event.stage : event.kind)));
  expect([...kinds]).toEqual(
    expect.arrayContaining(['import', 'cut-features', 'prepare', 'trial', 'measured']),
  );
  expect(await readExperiments()).toEqual([result]);
});

test('broken off, refused or failed, it leaves what was kept before', { tags: ['native'] }, async () => {
  const kept = ExperimentResult.parse({
    ...RunExperimentInput.parse({ id: 'augmentation' }),
    ...{ axis: 'training-digits', values: [], arms: [], comparisons: [], data: 'MNIST', classes: 10 },
    ...{ testImages: 10_000, ranAt: new Date(0).toISOString(), seconds: 1, device: 'here' },
  });
  await storeExperiment(kept);
  const input = RunExperimentInput.parse({ id: 'augmentation', seeds: 1 });
  const breaking = new AbortController();
  setTimeout(() => breaking.abort(new Error('enough')), 500);
  await expect(run(input, compute, breaking.signal)).rejects.toThrow('enough');
  const nowhere = { ...onPhotos, photos: join(folder, 'nowhere') };
  await expect(run(nowhere)).rejects.toMatchObject({ code: 'NOT_FOUND' });

  process.env['SCENELAB_RUNTIME'] = 'portable';
  const portable = startCompute();
  const refused = await run(input, portable).catch((error: ScenelabError) => error);
  delete process.env['SCENELAB_RUNTIME'];
  await portable.close();
  expect(refused).toMatchObject({
    code: 'NEEDS_NATIVE_TENSORFLOW',
    message: expect.stringContaining('doctor'),
  });
  expect(await readExperiments()).toEqual([kept]);
});

test('a kept experiment that can not be read counts as not run', async () => {
  const [kept] = await readExperiments();
  expect(kept).toBeUndefined();
  await storeExperiment({
    ...RunExperimentInput.parse({ id: 'batch-norm' }),
    ...{ axis: 'learning-rate', values: [], arms: [], comparisons: [], data: 'MNIST', classes: 10 },
    ...{ testImages: 10_000, ranAt: new Date(0).toISOString(), seconds: 1, device: 'here' },
  });
  await writeFile(
    join(process.env['SCENELAB_DATA'] ?? '', 'experiments', 'augmentation.json'),
    '{"id": "augm',
  );
  expect((await readExperiments()).map(({ id }) => id)).toEqual(['batch-norm']);
});
