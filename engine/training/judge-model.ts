import { ScenelabError, type Progress } from '../../contract/index.ts';
import { argmax } from '../evaluation/argmax.ts';
import { findMistakes } from '../evaluation/find-mistakes.ts';
import { baselineOf, measure } from '../evaluation/metrics.ts';
import type { StoredEvaluation } from '../evaluation/stored-evaluation.ts';
import { embedPhotos, type EmbedRequest } from '../features/index.ts';
import { cachedEmbeddings } from '../head/embeddings.ts';
import { cooled, headLogits } from '../head/head.ts';
import { softmax } from '../head/softmax.ts';
import type { TrainingPhoto } from '../library/index.ts';
import type { ModelInfo } from '../models/trained-model.ts';
import { classifierOf, classifyPhotos } from '../prediction/index.ts';
import { startProgress } from '../progress.ts';
import { without, type Examples, type TrainingPlan } from './plan-training.ts';
import type { TrainedParts } from './trained-network.ts';
import type { TrainingContext } from './training-context.ts';
import { judgingCache, rowsOf } from './training-features.ts';

/**
 * Judges a trained network by the test photos as it will answer new ones: in float32, never by features that were rounded.
 */
export async function* judgeModel(
  context: TrainingContext,
  parts: TrainedParts,
  { train, test, classNames }: TrainingPlan,
  about: ModelInfo,
): AsyncGenerator<Progress, Omit<StoredEvaluation, 'skipped' | 'learned'>> {
  using _ = context.clock.start('evaluate');
  const classes = classNames.length;
  const { photos, labels, probabilities } = yield* context.settings.cut === null
    ? answersOfHead(context, parts, test)
    : answersOfNetwork(context, parts, test, about);
  if (probabilities.length !== photos.length * classes || photos.length === 0)
    throw new ScenelabError('TOO_FEW_PHOTOS', 'No test photo could be read', '', 'Import the photos again');
  const perPhoto = photos.map(({ id, path }, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    const answer = argmax(row);
    const [label = '', predicted = ''] = [classNames[labels[i] ?? -1], classNames[answer]];
    return { photo: id, path, label, predicted, probability: row[answer] ?? 0 };
  });
  const answers = { paths: photos.map(({ path }) => path), truth: labels, probabilities };
  return {
    test: measure(probabilities, labels, classNames),
    baseline: baselineOf(train.labels, labels, classNames),
    mistakes: findMistakes(answers, classNames),
    answers: perPhoto,
  };
}

/** The photos that could be read, and `probabilities`, `[photos, classes]`. */
type Answered = Examples & { readonly probabilities: Float32Array };

/**
 * Where only the head was trained, the frozen part sees each photo once: its embedding is kept as the network gave it, and
 * the head, cooled as it is exported, answers from there. A test holds it to what the exported model predicts.
 */
async function* answersOfHead(
  context: TrainingContext,
  { head, temperature }: TrainedParts,
  test: Examples,
): AsyncGenerator<Progress, Answered> {
  const { backbone, framing, augmentation } = context.settings;
  using cache = judgingCache(context);
  const request: EmbedRequest = {
    stage: 'evaluate',
    photos: test.photos,
    backbone,
    targets: [{ output: 'embedding', cache }],
    framing,
    augmentation,
    variants: 1,
  };
  const unread = yield* embedPhotos(context.compute, request, context.signal);
  const readable = without(test, new Set(unread.map(({ path }) => path)));
  const rows = readable.photos.flatMap(({ id }) => rowsOf(cache, id, 1));
  const logits = headLogits(cooled(head, temperature), cachedEmbeddings(cache, rows));
  return { ...readable, probabilities: softmax(logits, head.bias.length) };
}

/** Through the very path that predicts new photos. */
async function* answersOfNetwork(
  { compute, signal }: TrainingContext,
  parts: TrainedParts,
  test: Examples,
  about: ModelInfo,
): AsyncGenerator<Progress, Answered> {
  const network = await compute.call('openTrained', { parts }, { signal });
  await using classifier = classifierOf(compute, network, about);
  const progress = startProgress('evaluate', test.photos.length);
  const files = test.photos.map((photo, i) => ({ ...photo, index: test.labels[i] ?? 0 }));
  const [photos, labels, probabilities]: [TrainingPhoto[], number[], number[]] = [[], [], []];
  for await (const photo of classifyPhotos(classifier, files, signal)) {
    if (photo.kind === 'skipped') continue;
    photos.push(photo.file);
    labels.push(photo.file.index);
    probabilities.push(...photo.probabilities);
    const event = progress.at(photos.length);
    if (event) yield event;
  }
  yield progress.now(photos.length);
  return { photos, labels: Int32Array.from(labels), probabilities: Float32Array.from(probabilities) };
}
