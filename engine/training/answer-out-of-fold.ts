import type { Progress } from '../../contract/index.ts';
import { startProgress } from '../progress.ts';
import { startRuntime } from '../tensorflow/index.ts';
import { fitHead, type HeadInput } from './fit-head.ts';
import { fitTemperature } from './fit-temperature.ts';
import { headLogits } from './head.ts';
import { softmax } from './softmax.ts';

/** A label with fewer examples left to learn from can't be answered: its photos would all be called wrong. */
const fewestToLearn = 3;
/** Of the gradient: a third of the time, and the same labels are found doubtful as at the optimum proper. */
const tolerance = 1e-4;

export interface OutOfFold {
  /** Places of the photos that could be answered, in the order of `probabilities`. */
  readonly answered: Int32Array;
  /** `[answered, classes]` float32. */
  readonly probabilities: Float32Array;
}

/**
 * Answers each photo by a head that is fitted on the photos of the other folds; `foldOf` has the fold of each photo. One
 * temperature, fitted on all these answers, makes them probabilities. A task of the compute
 * thread.
 */
export async function* answerOutOfFold({
  foldOf,
  ...all
}: HeadInput & { foldOf: Int32Array }): AsyncGenerator<Progress, OutOfFold, void> {
  await startRuntime();
  const answered: number[] = [];
  const found: Float32Array[] = [];
  const progress = startProgress('check-labels', foldOf.length);
  let done = 0;
  yield progress.now(done);
  for (const fold of new Set(foldOf)) {
    const others = [...foldOf.keys()].filter((i) => foldOf[i] !== fold);
    const head = examplesOf(all, others);
    const counts = new Map<number, number>();
    for (const label of head.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    const isKnown = (i: number) => (counts.get(all.labels[i] ?? -1) ?? 0) >= fewestToLearn;
    const heldOut = [...foldOf.keys()].filter((i) => foldOf[i] === fold && isKnown(i));
    done += foldOf.length - others.length;
    if (heldOut.length > 0) {
      const fitted = fitHead({ ...head, tolerance });
      found.push(headLogits(fitted, examplesOf(all, heldOut).embeddings));
      answered.push(...heldOut);
    }
    yield progress.now(done);
  }
  const labels = Int32Array.from(answered, (i) => all.labels[i] ?? 0);
  return { answered: Int32Array.from(answered), probabilities: probabilitiesOf(joined(found), labels) };
}

/** The photos at some places, with all that says how a head is fitted. */
function examplesOf(all: HeadInput, places: readonly number[]): HeadInput {
  const { embeddings, size, labels } = all;
  const rows = new Float32Array(places.length * size);
  places.forEach((place, at) => rows.set(embeddings.subarray(place * size, (place + 1) * size), at * size));
  return { ...all, embeddings: rows, labels: Int32Array.from(places, (place) => labels[place] ?? 0) };
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

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
