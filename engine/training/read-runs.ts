import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  ScenelabError,
  TrainSettings,
  type Answer,
  type PhotoId,
  type Run,
  type RunResults,
} from '../../contract/index.ts';
import { readEvaluation, StoredEvaluation } from '../evaluation/stored-evaluation.ts';
import { listRuns, type Library } from '../library/index.ts';

/** Every training of a project, the newest first, with how it did where it came to an end. */
export function readRuns(library: Library): Run[] {
  return listRuns(library).map(({ id, settings, state, startedAt, finishedAt }) => ({
    runId: id,
    startedAt,
    finishedAt,
    state,
    settings: TrainSettings.parse(JSON.parse(settings)),
    test: state === 'finished' ? (readVerdict(library.runFolder(id))?.test ?? null) : null,
  }));
}

/** The verdict on a finished run, the newest when none is named. Throws NOT_FOUND and PROJECT_CORRUPT. */
export async function readRun(library: Library, runId?: string): Promise<RunResults> {
  const run = readRuns(library).find((each) => (runId ? each.runId === runId : each.state === 'finished'));
  if (!run)
    throw new ScenelabError('NOT_FOUND', 'There is no trained model yet', '', 'Press Fine-tune to make one');
  const { test, baseline, answers = [] } = await readEvaluation(library.runFolder(run.runId));
  const now = testPhotosNow(library);
  const gone = { labelNow: null, excluded: true };
  return {
    run,
    test,
    baseline,
    answers: answers.map((answer) => ({ ...answer, ...(now.get(answer.photo) ?? gone) })),
  };
}

/** How many test photos people call something else than the newest model does. */
export function countDisagreements(library: Library): number {
  const answers = readNewestAnswers(library);
  if (answers.size === 0) return 0;
  const now = testPhotosNow(library);
  return [...answers.values()].filter(({ photo, predicted }) => {
    const photoNow = now.get(photo);
    return photoNow && !photoNow.excluded && photoNow.labelNow !== predicted;
  }).length;
}

/** The test photos' labels as they are now. */
function testPhotosNow(library: Library): Map<PhotoId, { labelNow: string | null; excluded: boolean }> {
  const rows = library.all(
    z.object({ id: z.string(), label: z.string().nullable(), excluded: z.number() }),
    `SELECT photos.id, labels.name AS label, excluded FROM photos LEFT JOIN labels ON labels.number = photos.label
     WHERE photos.split = 'test'`,
  );
  return new Map(rows.map(({ id, label, excluded }) => [id, { labelNow: label, excluded: excluded === 1 }]));
}

/** What the newest model answered for the test photos, by photo; nothing without a model. */
export function readNewestAnswers(library: Library): ReadonlyMap<PhotoId, Answer> {
  const newest = listRuns(library).find(({ state }) => state === 'finished');
  return (newest && readVerdict(library.runFolder(newest.id))?.answers) ?? new Map();
}

interface Verdict {
  test: NonNullable<Run['test']>;
  answers: ReadonlyMap<PhotoId, Answer>;
}
const known = new Map<string, Verdict>();

/** The verdict on a finished run, which never changes; null where it can't be read. */
function readVerdict(runFolder: string): Verdict | null {
  const found = known.get(runFolder);
  if (found) return found;
  try {
    const stored: unknown = JSON.parse(readFileSync(join(runFolder, 'evaluation.json'), 'utf8'));
    const { test, answers = [] } = StoredEvaluation.pick({ test: true, answers: true }).parse(stored);
    const verdict = { test, answers: new Map(answers.map((answer) => [answer.photo, answer])) };
    known.set(runFolder, verdict);
    return verdict;
  } catch {
    return null;
  }
}
