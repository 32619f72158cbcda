import { ScenelabError, type Progress } from '../../contract/index.ts';
import { findMistakes } from '../evaluation/find-mistakes.ts';
import { argmax, baselineOf, measure } from '../evaluation/metrics.ts';
import type { StoredEvaluation } from '../evaluation/stored-evaluation.ts';
import type { ModelInfo } from '../models/trained-model.ts';
import { classifierOf, classifyPhotos } from '../prediction/index.ts';
import { startProgress } from '../progress.ts';
import type { TrainingContext } from './training-context.ts';
import type { TrainingPlan } from './plan-training.ts';
import type { TrainedParts } from './trained-network.ts';

/**
 * Judges a trained network by the test photos, through the very path that predicts new photos (float32, no cached
 * features).
 */
export async function* judgeModel(
  { compute, signal, clock }: TrainingContext,
  parts: TrainedParts,
  { train, test, classNames }: TrainingPlan,
  about: ModelInfo,
): AsyncGenerator<Progress, Omit<StoredEvaluation, 'skipped'>> {
  using _ = clock.start('evaluate');
  const network = await compute.call('openTrained', { parts }, { signal });
  await using classifier = classifierOf(compute, network, about);
  const progress = startProgress('evaluate', test.photos.length);
  const classes = classNames.length;
  const [ids, paths, truth, probabilities]: [string[], string[], number[], number[]] = [[], [], [], []];
  const files = test.photos.map((photo, i) => ({ ...photo, index: test.labels[i] ?? 0 }));
  for await (const photo of classifyPhotos(classifier, files, signal)) {
    if (photo.kind === 'skipped') continue;
    ids.push(photo.file.id);
    paths.push(photo.file.path);
    truth.push(photo.file.index);
    probabilities.push(...photo.probabilities);
    const event = progress.at(paths.length);
    if (event) yield event;
  }
  if (probabilities.length !== truth.length * classes || truth.length === 0)
    throw new ScenelabError('TOO_FEW_PHOTOS', 'No test photo could be read', '', 'Import the photos again');
  const answers = { paths, truth: Int32Array.from(truth), probabilities: Float32Array.from(probabilities) };
  const perPhoto = ids.map((photo, i) => {
    const row = answers.probabilities.subarray(i * classes, (i + 1) * classes);
    const answer = argmax(row);
    const [label = '', predicted = ''] = [classNames[truth[i] ?? -1], classNames[answer]];
    return { photo, path: paths[i] ?? '', label, predicted, probability: row[answer] ?? 0 };
  });
  yield progress.now(paths.length);
  return {
    test: measure(answers.probabilities, answers.truth, classNames),
    baseline: baselineOf(train.labels, answers.truth, classNames),
    mistakes: findMistakes(answers, classNames),
    answers: perPhoto,
  };
}
