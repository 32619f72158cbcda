import type { Notice, Prediction, PredictInput, Progress, SkippedEvent } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { findModel } from '../models/find-model.ts';
import { startProgress } from '../progress.ts';
import { classifyPhotos } from './classify-photos.ts';
import { listPhotos } from './list-photos.ts';
import { openClassifier, type Classifier } from './open-classifier.ts';

/** Photos that were answered and photos that were not. */
export interface PredictSummary {
  predicted: number;
  skipped: number;
}

/**
 * What a model, a project's newest model or a bare backbone says of photos: for every file, in the order in which they
 * are found, a prediction with the `top` most probable classes or why it was skipped.
 * @throws ScenelabError NOT_FOUND, NO_PHOTOS, MODEL_INVALID, BACKBONE_MISSING, CHECKSUM_MISMATCH
 */
export async function* predictPhotos(
  compute: Compute,
  { model, paths, top }: PredictInput,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice | Prediction | SkippedEvent, PredictSummary> {
  const found = findModel(model);
  const photos = await listPhotos(paths, signal);
  await using classifier = await openClassifier(compute, found);
  const progress = startProgress('predict', photos.length);
  const summary: PredictSummary = { predicted: 0, skipped: 0 };
  for await (const photo of classifyPhotos(classifier, photos, signal)) {
    if (photo.kind === 'skipped') {
      summary.skipped += 1;
      yield { kind: 'skipped', ...photo.skipped };
    } else {
      summary.predicted += 1;
      yield predictionOf(photo.file.path, photo.probabilities, classifier, top);
    }
    const event = progress.at(summary.predicted + summary.skipped);
    if (event) yield event;
  }
  yield progress.now(photos.length);
  return summary;
}

/** The `top` most probable classes, of equal ones those that stand first. */
function predictionOf(
  path: string,
  probabilities: Float32Array,
  { classNames, unsureBelow }: Classifier,
  top: number,
): Prediction {
  const predictions = classNames
    .map((className, c) => ({ className, probability: probabilities[c] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
  return { kind: 'prediction', path, predictions, unsure: (predictions[0]?.probability ?? 0) < unsureBelow };
}
