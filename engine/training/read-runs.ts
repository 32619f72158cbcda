import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TrainSettings, type PhotoId, type Run } from '../../contract/index.ts';
import { StoredEvaluation } from '../evaluation/stored-evaluation.ts';
import { listRuns, readLabelsNow, renamedLabels, type Library } from '../library/index.ts';

/** Settings as a run stored them. Early ones had no mixup; before reach was a setting it was last 0.35. */
const RunSettings = TrainSettings.extend({
  mixup: TrainSettings.shape.mixup.default(0),
  reach: TrainSettings.shape.reach.default(0.35),
});

/** Every training of a project, the newest first, with how it did where it came to an end. */
export function readRuns(library: Library): Run[] {
  return listRuns(library).map(({ id, settings, state, startedAt, finishedAt }) => {
    const verdict = state === 'finished' ? readVerdict(library.runFolder(id)) : null;
    const test = verdict?.test;
    return {
      runId: id,
      startedAt,
      finishedAt,
      state,
      settings: RunSettings.parse(JSON.parse(settings)),
      gaveUp: verdict?.gaveUp ?? [],
      test: test ? { n: test.n, accuracy: test.accuracy, accuracyInterval: test.accuracyInterval } : null,
    };
  });
}

/** A run's evaluation, as far as it is read again and again. */
const Verdict = StoredEvaluation.pick({
  test: true,
  baseline: true,
  answers: true,
  learned: true,
  gaveUp: true,
});
export type Verdict = z.infer<typeof Verdict>;
const known = new Map<string, Verdict>();

/** The verdict on a finished run, which never changes; null where it can't be read. */
export function readVerdict(runFolder: string): Verdict | null {
  const found = known.get(runFolder);
  if (found) return found;
  try {
    const stored: unknown = JSON.parse(readFileSync(join(runFolder, 'evaluation.json'), 'utf8'));
    const verdict = Verdict.parse(stored);
    known.set(runFolder, verdict);
    return verdict;
  } catch {
    return null;
  }
}

/** What a model that had not learned from a photo called it. */
export interface HonestAnswer {
  readonly predicted: string;
  /** Of the predicted class. */
  readonly probability: number;
}

/**
 * What is known of each photo from the newest run, by photo, never by a model that had learned from it: test photos
 * answered by the model, the others out of fold. Nothing without a model.
 */
export function readNewestAnswers(library: Library): ReadonlyMap<PhotoId, HonestAnswer> {
  const newest = listRuns(library).find(({ state }) => state === 'finished');
  const verdict = newest && readVerdict(library.runFolder(newest.id));
  if (!verdict) return new Map();
  const names = renamedLabels(library);
  if (names.size === 0) return answersOf(verdict);
  return new Map(
    [...answersOf(verdict)].map(([photo, { predicted, probability }]) => [
      photo,
      { predicted: names.get(predicted) ?? predicted, probability },
    ]),
  );
}

const knownAnswers = new WeakMap<Verdict, ReadonlyMap<PhotoId, HonestAnswer>>();

function answersOf(verdict: Verdict): ReadonlyMap<PhotoId, HonestAnswer> {
  const found = knownAnswers.get(verdict);
  if (found) return found;
  const { learned = [], answers = [] } = verdict;
  const all = new Map(
    [...learned, ...answers].map(({ photo, predicted, probability }) => [photo, { predicted, probability }]),
  );
  knownAnswers.set(verdict, all);
  return all;
}

/** How many photos people call something else than the newest answers do. */
export function countDisagreements(library: Library): number {
  const answers = readNewestAnswers(library);
  if (answers.size === 0) return 0;
  const labels = readLabelsNow(library);
  let count = 0;
  for (const [photo, { predicted }] of answers) {
    const now = labels.get(photo);
    if (now && !now.excluded && now.labelNow !== predicted) count++;
  }
  return count;
}
