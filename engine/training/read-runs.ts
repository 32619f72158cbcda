import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ScenelabError, TrainSettings, type Run, type RunResults } from '../../contract/index.ts';
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
    test: state === 'finished' ? readTest(library.runFolder(id)) : null,
  }));
}

/** The verdict on a finished run, the newest when none is named. Throws NOT_FOUND and PROJECT_CORRUPT. */
export async function readRun(library: Library, runId?: string): Promise<RunResults> {
  const run = readRuns(library).find((each) => (runId ? each.runId === runId : each.state === 'finished'));
  if (!run)
    throw new ScenelabError('NOT_FOUND', 'There is no trained model yet', '', 'Press Fine-tune to make one');
  const { test, baseline, answers = [] } = await readEvaluation(library.runFolder(run.runId));
  const now = new Map(
    library
      .all(
        z.object({ id: z.string(), label: z.string().nullable(), excluded: z.number() }),
        `SELECT photos.id, labels.name AS label, excluded FROM photos LEFT JOIN labels ON labels.number = photos.label
         WHERE photos.split = 'test'`,
      )
      .map(({ id, label, excluded }) => [id, { labelNow: label, excluded: excluded === 1 }]),
  );
  const gone = { labelNow: null, excluded: true };
  return {
    run,
    test,
    baseline,
    answers: answers.map((answer) => ({ ...answer, ...(now.get(answer.photo) ?? gone) })),
  };
}

const known = new Map<string, Run['test']>();

/** The figures of a finished run, which never change; null where they can't be read. */
function readTest(runFolder: string): Run['test'] {
  const found = known.get(runFolder);
  if (found !== undefined) return found;
  try {
    const stored: unknown = JSON.parse(readFileSync(join(runFolder, 'evaluation.json'), 'utf8'));
    const { test } = StoredEvaluation.pick({ test: true }).parse(stored);
    known.set(runFolder, test);
    return test;
  } catch {
    return null;
  }
}
