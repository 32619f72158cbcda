import type { LearnedAnswer, Progress } from '../../contract/index.ts';
import { argmax } from '../evaluation/argmax.ts';
import { assignFolds } from '../evaluation/assign-folds.ts';
import { findLabelErrors } from '../evaluation/find-label-errors.ts';
import type { OutOfFold } from '../head/answer-out-of-fold.ts';
import { startProgress } from '../progress.ts';
import type { Examples } from './plan-training.ts';
import { headPenalty } from './settings.ts';
import type { TrainingContext } from './training-context.ts';
import { embeddingsOf } from './training-features.ts';

const folds = 5;

/**
 * Answers every photo that was learned from by a head that has seen neither it nor a near-twin of it (cross-validation in
 * five folds, stratified, on the cached embeddings of the plain photos), and says which labels are likely wrong. Photos
 * whose label would have too few examples left get no answer. The likeliest label errors come first, right answers last.
 */
export async function* checkLabels(
  context: TrainingContext,
  learned: Examples,
  classNames: readonly string[],
): AsyncGenerator<Progress, LearnedAnswer[]> {
  using _ = context.clock.start('check-labels');
  const { answered, probabilities } = yield* outOfFold(context, learned);
  const { classes } = context;
  const labels = answered.map((i) => learned.labels[i] ?? 0);
  const doubts = findLabelErrors(probabilities, labels, classes);
  const suspects = new Set(doubts.flatMap(({ photo, suspect }) => (suspect ? photo : [])));
  return [...new Set([...doubts.map(({ photo }) => photo), ...answered.keys()])].flatMap((place) => {
    const photo = learned.photos[answered[place] ?? -1];
    if (!photo) return [];
    const row = probabilities.subarray(place * classes, (place + 1) * classes);
    const answer = argmax(row);
    return {
      photo: photo.id,
      path: photo.path,
      label: photo.label,
      predicted: classNames[answer] ?? '',
      probability: row[answer] ?? 0,
      labelProbability: row[labels[place] ?? -1] ?? 0,
      suspect: suspects.has(place),
    };
  });
}

async function* outOfFold(context: TrainingContext, learned: Examples): AsyncGenerator<Progress, OutOfFold> {
  const { compute, settings, classes, signal } = context;
  const progress = startProgress('check-labels', learned.photos.length);
  yield progress.now(0);
  const { labels, embeddings } = embeddingsOf(context, learned, 1);
  const photos = learned.photos.map(({ group }, i) => ({ group, label: labels[i] ?? 0 }));
  const foldOf = assignFolds(photos, folds);
  const how = { classes, penalty: headPenalty, labelSmoothing: 0, classWeights: settings.classWeights };
  const answers = await compute.call('answerOutOfFold', { embeddings, labels, foldOf, ...how }, { signal });
  yield progress.now(learned.photos.length);
  return answers;
}
