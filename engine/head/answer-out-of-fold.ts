import { fitHeadOfEachFold, type HeadInput } from './fit-head.ts';
import { fitTemperature } from './fit-temperature.ts';
import { headLogits } from './head.ts';
import { softmax } from './softmax.ts';

/** A label with fewer examples left to learn from can't be answered: its photos would all be called wrong. */
const fewestToLearn = 3;
/**
 * Of the gradient: a third of the time. With 4 % of the labels of two sets made wrong, 174 of the 175 suspects were those of
 * the optimum proper.
 */
const tolerance = 3e-4;

export interface OutOfFold {
  /** Places of the photos that could be answered, in the order of `probabilities`. */
  readonly answered: Int32Array;
  /** `[answered, classes]` float32. */
  readonly probabilities: Float32Array;
}

/**
 * Answers each photo by a head that is fitted on the photos of the other folds; `foldOf` has the fold of each photo. One
 * temperature, fitted on all these answers, makes them probabilities.
 */
export async function answerOutOfFold(
  input: HeadInput & { foldOf: Int32Array },
  signal?: AbortSignal,
): Promise<OutOfFold> {
  const { embeddings, labels, foldOf, classes } = input;
  const heads = await fitHeadOfEachFold({ ...input, tolerance }, signal);
  const nothing = { kernel: new Float32Array(embeddings.size * classes), bias: new Float32Array(classes) };
  const logits = headLogits((photo) => heads[foldOf[photo] ?? -1] ?? nothing, embeddings);
  const answered = answerable(labels, foldOf);
  const kept = new Float32Array(answered.length * classes);
  answered.forEach((photo, at) => {
    kept.set(logits.subarray(photo * classes, (photo + 1) * classes), at * classes);
  });
  return {
    answered,
    probabilities: probabilitiesOf(
      kept,
      answered.map((i) => labels[i] ?? 0),
    ),
  };
}

/** Places of the photos whose label has enough examples in the other folds. */
function answerable(labels: Int32Array, foldOf: Int32Array): Int32Array {
  const key = (label: number, fold: number | string) => `${label} ${fold}`;
  const counts = new Map<string, number>();
  const countUp = (of: string) => counts.set(of, (counts.get(of) ?? 0) + 1);
  labels.forEach((label, i) => {
    countUp(key(label, foldOf[i] ?? 0));
    countUp(key(label, 'all'));
  });
  const others = (label: number, fold: number) =>
    (counts.get(key(label, 'all')) ?? 0) - (counts.get(key(label, fold)) ?? 0);
  const places = [...labels.keys()];
  return Int32Array.from(places.filter((i) => others(labels[i] ?? 0, foldOf[i] ?? 0) >= fewestToLearn));
}

function probabilitiesOf(logits: Float32Array, labels: Int32Array): Float32Array {
  if (labels.length === 0) return logits;
  const temperature = fitTemperature(logits, labels);
  const classes = logits.length / labels.length;
  return softmax(
    logits.map((logit) => logit / temperature),
    classes,
  );
}
