import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TrainSettings, type PhotoId, type Run } from '../../contract/index.ts';
import { StoredEvaluation } from '../evaluation/stored-evaluation.ts';
import { listRuns, renamedLabels, type Library } from '../library/index.ts';

/** Every training of a project, the newest first, with how it did where it came to an end. */
export function readRuns(library: Library): Run[] {
  return listRuns(library).map(({ id, settings, state, startedAt, finishedAt }) => {
    const test = state === 'finished' ? readVerdict(library.runFolder(id))?.test : undefined;
    return {
      runId: id,
      startedAt,
      finishedAt,
      state,
      settings: TrainSettings.parse(JSON.parse(settings)),
      test: test ? { n: test.n, accuracy: test.accuracy, accuracyInterval: test.accuracyInterval } : null,
    };
  });
}

/** A run's evaluation, as far as it is read again and again. */
const Verdict = StoredEvaluation.pick({ test: true, baseline: true, answers: true, learned: true });
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
  const rename = renaming(library);
  const { learned = [], answers = [] } = verdict;
  return new Map(
    [...learned, ...answers].map(({ photo, predicted, probability }) => [
      photo,
      { predicted: rename(predicted), probability },
    ]),
  );
}

/** How many photos people call something else than the newest answers do. */
export function countDisagreements(library: Library): number {
  const answers = readNewestAnswers(library);
  if (answers.size === 0) return 0;
  const predicted = JSON.stringify(
    Object.fromEntries([...answers].map(([id, each]) => [id, each.predicted])),
  );
  const counted = library.first(
    z.object({ n: z.number() }),
    `SELECT count(*) AS n FROM json_each(?) AS answer JOIN photos ON photos.id = answer.key
     LEFT JOIN labels ON labels.number = photos.label
     WHERE photos.excluded = 0 AND labels.name IS NOT answer.value`,
    predicted,
  );
  return counted?.n ?? 0;
}

/** Gives labels that were renamed since a model was trained the names they have now. */
export function renaming(library: Library): (name: string) => string {
  const names = renamedLabels(library);
  return (name) => names.get(name) ?? name;
}
