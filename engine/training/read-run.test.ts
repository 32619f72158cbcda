import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Answer } from '../../contract/index.ts';
import { baselineOf, measure } from '../evaluation/metrics.ts';
import { storeEvaluation } from '../evaluation/stored-evaluation.ts';
import {
  assignSplits,
  confirmLabels,
  excludePhotos,
  finishRun,
  labelPhotos,
  listTrainingPhotos,
  openLibrary,
  renameLabel,
  startRun,
  undo,
  type Library,
  type TrainingPhoto,
} from '../library/index.ts';
import { takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { readRun } from './read-run.ts';
import { countDisagreements, readNewestAnswers, readRuns } from './read-runs.ts';
import { resolveSettings } from './settings.ts';

const names = ['sea', 'wood'];
let library: Library;
let test1: TrainingPhoto;
let learned1: TrainingPhoto;
const photosOf = (split: 'test' | 'train') =>
  listTrainingPhotos(library).filter((photo) => photo.split === split);
const other = (label: string) => (label === 'sea' ? 'wood' : 'sea');

beforeEach(async () => {
  const folder = temporaryFolder();
  library = openLibrary(join(folder, 'p.scenelab'), { create: true });
  for (let i = 0; i < 30; i++) writePhoto(join(folder, names[i % 2] ?? '', `${i}.bmp`), i + 1);
  await takePhotos(
    library,
    names.map((name) => join(folder, name)),
  );
  assignSplits(library);
  [test1, learned1] = [photosOf('test'), photosOf('train')].map(([first]) => {
    if (!first) throw new Error('a split is empty');
    return first;
  }) as [TrainingPhoto, TrainingPhoto]; // a list of two stays one of two
});
afterEach(() => library[Symbol.dispose]());

/** A finished run that has all right but some. */
async function judge(wrong: readonly TrainingPhoto[] = []): Promise<void> {
  const run = startRun(library, {
    settings: resolveSettings({ preset: 'quick', settings: {} }),
    settingsHash: '',
    dataHash: '',
  });
  const answerOf = ({ id, path, label }: TrainingPhoto): Answer => {
    const isWrong = wrong.some((photo) => photo.id === id);
    return { photo: id, path, label, predicted: isWrong ? other(label) : label, probability: 0.9 };
  };
  const answers = photosOf('test').map(answerOf);
  const truth = Int32Array.from(answers, ({ label }) => names.indexOf(label));
  const probabilities = answers.flatMap(({ predicted }) =>
    names.map((name) => (name === predicted ? 0.9 : 0.1)),
  );
  await storeEvaluation(library.runFolder(run.id), {
    test: measure(Float32Array.from(probabilities), truth, names),
    baseline: baselineOf(truth, truth, names),
    skipped: [],
    mistakes: [],
    answers,
    learned: photosOf('train')
      .map(answerOf)
      .map((answer) => ({ ...answer, labelProbability: 0.1, suspect: answer.label !== answer.predicted })),
  });
  finishRun(library, run.id, 'finished');
}

test('a mistake on a photo that was learned from comes with its label as it is now', async () => {
  await judge([learned1]);
  labelPhotos(library, [{ photo: learned1.id, label: other(learned1.label) }]);
  const { learned } = await readRun(library);
  expect(learned?.n).toBe(photosOf('train').length);
  expect(learned?.mistakes).toMatchObject([
    { photo: learned1.id, label: learned1.label, labelNow: other(learned1.label), suspect: true },
  ]);
});

test('a test photo relabelled after it was answered is marked in the next run, until that is undone', async () => {
  await judge([test1]);
  labelPhotos(library, [{ photo: test1.id, label: other(test1.label) }]);
  await judge();
  const { answers, corrected, test } = await readRun(library);
  expect(
    answers.flatMap(({ photo, labelBefore }) => (labelBefore === null ? [] : [photo, labelBefore])),
  ).toEqual([test1.id, test1.label]);
  expect(test.accuracy).toBe(1);
  expect(corrected).toEqual({ relabelled: 1, excluded: 0, accuracyBefore: 1 - 1 / answers.length });
  undo(library);
  await judge();
  expect((await readRun(library)).corrected.relabelled).toBe(0);
});

test('a test photo left out after it was answered is counted', async () => {
  await judge([test1]);
  excludePhotos(library, [test1.id]);
  await judge();
  expect((await readRun(library)).corrected).toMatchObject({ relabelled: 0, excluded: 1 });
});

test('two runs are compared on the photos that both judged, by the newer labels', async () => {
  const [a, b, excluded] = photosOf('test');
  if (!a || !b || !excluded) throw new Error('too few test photos');
  await judge([a, b, excluded]);
  excludePhotos(library, [excluded.id]);
  labelPhotos(library, [{ photo: a.id, label: other(a.label) }]);
  await judge();
  const { before } = await readRun(library);
  // What the first run called `a` is right by now; `b` it had wrong.
  expect(before?.paired).toMatchObject({ n: photosOf('test').length, gained: 1, lost: 0 });
});

test('a label that was renamed is no relabelling and no disagreement', async () => {
  await judge();
  expect(countDisagreements(library)).toBe(0);
  renameLabel(library, 'sea', 'ocean');
  expect(countDisagreements(library)).toBe(0);
  const { answers, test } = await readRun(library);
  expect(answers.every(({ label, labelNow }) => label === labelNow)).toBe(true);
  expect(test.perClass.map(({ className }) => className)).toEqual(['ocean', 'wood']);
});

test('photos that were learned from are answered too, and disagree where that is another label', async () => {
  await judge([learned1, test1]);
  const answers = readNewestAnswers(library);
  expect(answers.size).toBe(photosOf('train').length + photosOf('test').length);
  expect(answers.get(learned1.id)).toEqual({ predicted: other(learned1.label), probability: 0.9 });
  expect(countDisagreements(library)).toBe(2);
  labelPhotos(library, [{ photo: learned1.id, label: other(learned1.label) }]);
  excludePhotos(library, [test1.id]);
  expect(countDisagreements(library)).toBe(0);
});

test('a label that a person confirmed stays so until it is another one', async () => {
  await judge([learned1]);
  const mistake = async () => (await readRun(library)).learned?.mistakes[0];
  confirmLabels(library, [learned1.id]);
  expect(await mistake()).toMatchObject({ photo: learned1.id, confirmed: true });
  labelPhotos(library, [{ photo: learned1.id, label: other(learned1.label) }]);
  expect(await mistake()).toMatchObject({ confirmed: false });
  undo(library);
  expect(await mistake()).toMatchObject({ confirmed: true });
  confirmLabels(library, [learned1.id], false);
  expect(await mistake()).toMatchObject({ confirmed: false });
});

test('a run of before there was mixup or reach is listed with what it had', () => {
  const { mixup, reach, ...settings } = resolveSettings({ preset: 'quick', settings: {} });
  startRun(library, { settings, settingsHash: 'earlier', dataHash: 'photos' });
  expect([mixup, reach]).not.toContain(undefined);
  expect(readRuns(library)[0]?.settings).toMatchObject({ mixup: 0, reach: 0.35 });
});
