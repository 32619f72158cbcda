import { z } from 'zod';
import { Epoch, type Step } from '../../contract/index.ts';
import { openFeatureCache, type FeatureCache } from '../features/feature-cache.ts';
import type { InferenceGraph, Weight } from '../graph/index.ts';
import { calibratedFit } from '../head/fit-temperature.ts';
import type { Fit } from '../head/softmax.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { openTail } from './open-tail.ts';
import type { CutPhotos, TailInput } from './tail-input.ts';
import { trainEpoch } from './train-epoch.ts';
import type { TrainableTail } from './trainable-tail.ts';

export interface TailResult {
  /**
   * Weights of the best epoch, the last one that was not clearly worse than another: `<node>/kernel` and `<node>/bias`, the last
   * layer's as `logits/…`.
   */
  readonly weights: Map<string, Weight>;
  /** The epoch that they are from, counted from 1; 0 when nothing was trained. */
  readonly bestEpoch: number;
  readonly history: Epoch[];
  /** Of the validation photos with these weights, `[photos, classes]`. */
  readonly validationLogits: Float32Array | null;
}

/**
 * How much the validation loss may rise before an epoch counts as worse: below that, on some dozens of photos, it is chance,
 * and a later epoch has learned at a finer rate.
 */
const tolerance = 0.1;

/** What a checkpoint knows besides tensors. */
const State = z.object({ bestEpoch: z.number().int(), history: z.array(Epoch) });
type State = z.infer<typeof State>;

/**
 * Fine-tunes the tail `graph`, which leads from the cut to the embedding, together with the last layer. Yields steps
 * (at most 20 a second) and epochs. After a kill the same input goes on after the last whole epoch and ends as an
 * unbroken training does. Throws the signal's reason between two steps.
 */
export async function* fitTail(
  graph: InferenceGraph,
  input: TailInput,
  signal: AbortSignal,
): AsyncGenerator<Step | Epoch, TailResult, void> {
  const { validation, checkpoint, photosAtOnce = Infinity } = input;
  using cache = openFeatureCache(input.cache.folder, input.cache.valuesPerRow, { readOnly: true });
  using tail = await openTail(graph, input.head, input.settings, photosAtOnce);
  const answers = (photos: CutPhotos) => logitsOf(tail, cache, photos, Math.min(64, photosAtOnce));
  const start = tail.weights();
  const found = readCheckpoint(checkpoint, State);
  let state = found?.state ?? { bestEpoch: 0, history: [] };
  let best = found ? unnamed('best/', found.tensors) : start;
  if (found) tail.restore(found.tensors);
  while (!isOver(state, input)) {
    const fit = yield* trainEpoch(tail, cache, input, state.history.length, signal);
    const reached = tail.weights();
    const averaged = between(start, reached, input.settings.reach);
    tail.restore(averaged);
    const checked = validation && calibratedFit(answers(validation), validation.labels);
    tail.restore(reached);
    const epoch = summary(input, state, fit, checked);
    state = { history: [...state.history, epoch], bestEpoch: epoch.best ? epoch.epoch : state.bestEpoch };
    if (epoch.best) best = averaged;
    const tensors = [...reached, ...tail.slots(), ...named('best/', best)];
    writeCheckpoint(checkpoint, { state, tensors: new Map(tensors) });
    yield epoch;
  }
  tail.restore(best);
  return { ...state, weights: best, validationLogits: validation && answers(validation) };
}

/**
 * The weights at `reach` on the straight line from one to the other. Such averages are right on new photos more often than either end
 * (Wortsman et al. 2022, arXiv:2109.01903), and cost nothing.
 */
function between(
  start: ReadonlyMap<string, Weight>,
  end: ReadonlyMap<string, Weight>,
  reach: number,
): Map<string, Weight> {
  const averaged = ([name, { shape, data }]: [string, Weight]): [string, Weight] => {
    const from = start.get(name)?.data ?? data;
    return [name, { shape, data: data.map((value, i) => reach * value + (1 - reach) * (from[i] ?? value)) }];
  };
  return new Map([...end].map(averaged));
}

/** The plain variant of every photo, in portions that bound the memory. */
function logitsOf(
  tail: TrainableTail,
  cache: FeatureCache,
  photos: CutPhotos,
  portion: number,
): Float32Array {
  const variants = photos.rows.length / photos.ids.length;
  const rows = photos.rows.filter((_, at) => at % variants === 0);
  const portions: number[] = [];
  for (let from = 0; from < rows.length; from += portion)
    portions.push(...tail.logits(cache.readHalf(rows.subarray(from, from + portion))));
  return Float32Array.from(portions);
}

function isOver({ history, bestEpoch }: State, { settings, lastEpoch, validation }: TailInput): boolean {
  const done = history.length;
  if (done >= (lastEpoch ?? settings.epochs)) return true;
  return validation !== null && done > 0 && done - bestEpoch >= settings.patience;
}

function summary(input: TailInput, state: State, fit: Fit, checked: Fit | null): Epoch {
  const lowest = Math.min(...state.history.map(({ validationLoss }) => validationLoss ?? Infinity));
  return {
    kind: 'epoch',
    stage: input.stage,
    epoch: state.history.length + 1,
    epochs: input.lastEpoch ?? input.settings.epochs,
    ...fit,
    validationLoss: checked?.loss ?? null,
    validationAccuracy: checked?.accuracy ?? null,
    // Without photos to judge by, the last epoch is the best.
    best: checked === null || checked.loss <= lowest * (1 + tolerance),
  };
}

function named(prefix: string, tensors: ReadonlyMap<string, Weight>): [string, Weight][] {
  return [...tensors].map(([name, weight]) => [prefix + name, weight]);
}

function unnamed(prefix: string, tensors: ReadonlyMap<string, Weight>): Map<string, Weight> {
  const ours = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(ours.map(([name, weight]) => [name.slice(prefix.length), weight]));
}
