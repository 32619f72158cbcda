import {
  ScenelabError,
  type EvaluateInput,
  type EvaluateResult,
  type LearnedAnswer,
  type Notice,
  type Progress,
} from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { insideOf } from '../files/inside-of.ts';
import { listTrainingPhotos, openLibrary } from '../library/index.ts';
import { findModel, type FoundModel } from '../models/find-model.ts';
import { openClassifier } from '../prediction/index.ts';
import { evaluateFolder } from './evaluate-folder.ts';
import { readEvaluation } from './stored-evaluation.ts';

/**
 * How good a model is: on the photos of a folder with a sub-folder per label; without a folder, on its project's own test
 * photos, as they were judged before the refit could learn from them. Labels that the model doesn't know are named and
 * left out.
 * @throws ScenelabError NOT_FOUND, NO_PHOTOS, USAGE, MODEL_INVALID, BACKBONE_MISSING, CHECKSUM_MISMATCH
 */
export async function* evaluateModel(
  compute: Compute,
  { model, folder }: EvaluateInput,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, EvaluateResult> {
  const began = performance.now();
  const found = findModel(model);
  const { device } = await compute.call('describeRuntime', null, { signal });
  const name = found.kind === 'model' ? found.folder : found.id;
  const conditions = () => ({
    model: name,
    timings: { evaluate: (performance.now() - began) / 1000 },
    device,
  });
  if (folder === undefined) {
    if (found.kind !== 'model' || !found.run) throw needsFolder(model);
    const { learned, ...verdict } = await readEvaluation(found.run.folder);
    return { ...verdict, ...(learned && { suspects: suspectsOf(learned) }), ...conditions() };
  }
  await using classifier = await openClassifier(compute, found);
  yield* warnOfLearned(found, folder);
  const verdict = yield* evaluateFolder(classifier, folder, signal);
  return { ...verdict, ...conditions() };
}

function suspectsOf(learned: readonly LearnedAnswer[]): EvaluateResult['suspects'] {
  return learned
    .filter(({ suspect }) => suspect)
    .map(({ path, label, predicted, probability }) => ({ path, label, predicted, probability }));
}

/** Figures on photos that the model was trained on say nothing; of a project's model it is known which these are. */
function* warnOfLearned(found: FoundModel, folder: string): Generator<Notice> {
  if (found.kind !== 'model') return;
  if (!found.run) {
    yield {
      kind: 'notice',
      code: 'LEARNED_PHOTOS',
      message: `A model outside its project can't tell which photos it was trained on: if some are in ${folder}, the figures flatter it.`,
    };
    return;
  }
  using library = openLibrary(found.run.project);
  const inside = insideOf(folder);
  const learned = listTrainingPhotos(library).filter(
    ({ split, path }) => split !== 'test' && path.startsWith(inside),
  );
  if (learned.length > 0)
    yield {
      kind: 'notice',
      code: 'LEARNED_PHOTOS',
      message: `The model was trained on ${learned.length} of the photos in ${folder}: the figures flatter it.`,
    };
}

function needsFolder(model: string): ScenelabError {
  return new ScenelabError(
    'USAGE',
    `"${model}" belongs to no project, so it has no test photos of its own`,
    'a folder with a sub-folder per label',
    'Name such a folder of photos that the model was not trained on',
  );
}
