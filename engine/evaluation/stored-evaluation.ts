import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Answer, EvaluateResult, LearnedAnswer, Notice, ScenelabError } from '../../contract/index.ts';

/** The verdict on a run's model by the untouched test photos, kept with the run because the refit may use these photos. */
export const StoredEvaluation = EvaluateResult.pick({
  test: true,
  baseline: true,
  skipped: true,
  mistakes: true,
}).extend({
  /** Every test photo. Runs of before there were windows have none. */
  answers: z.array(Answer).optional(),
  /** Every photo that was learned from, answered out of fold, the likeliest label errors first. Early runs have none. */
  learned: z.array(LearnedAnswer).optional(),
  /** What the training gave up because memory ran out. Early runs have none. */
  gaveUp: z.array(Notice).optional(),
});
export type StoredEvaluation = z.infer<typeof StoredEvaluation>;

/** Keeps an evaluation in the folder of its run, all or nothing. */
export async function storeEvaluation(runFolder: string, evaluation: StoredEvaluation): Promise<void> {
  const file = join(runFolder, 'evaluation.json');
  await writeFile(`${file}.partial`, JSON.stringify(evaluation));
  await rename(`${file}.partial`, file);
}

/**
 * The evaluation of a run.
 * @throws ScenelabError NOT_FOUND when the run left none, PROJECT_CORRUPT when it can't be read.
 */
export async function readEvaluation(runFolder: string): Promise<StoredEvaluation> {
  const file = join(runFolder, 'evaluation.json');
  if (!existsSync(file))
    throw new ScenelabError(
      'NOT_FOUND',
      `The run in ${runFolder} was not evaluated`,
      '',
      'Train again, or evaluate on a folder with a sub-folder per label',
    );
  try {
    return StoredEvaluation.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new ScenelabError('PROJECT_CORRUPT', `${file} can't be read`, '', 'Train again', error);
  }
}
