import type { TrainSettings } from '../../contract/index.ts';
import type { InferenceGraph, Weight } from '../graph/index.ts';
import { currentRuntime } from '../tensorflow/index.ts';
import { openCompiledTail } from './compiled-tail.ts';
import { openEagerTail } from './eager-tail.ts';
import type { HeadWeights } from './head.ts';

/** What one optimizer step is made on. */
export interface TailBatch {
  /** Features at the cut, `[photos, ...shape of the cut]`. */
  readonly features: Float16Array<ArrayBuffer>;
  /** `[photos, classes]`. */
  readonly targets: Float32Array;
  /** How much each photo counts, `[photos]`. */
  readonly weights: Float32Array;
  /** Factors of the embedding, `[photos, embeddingSize]`; null when nothing is dropped. */
  readonly dropout: Float32Array | null;
}

/** The network above the cut while it is trained. Owns its tensors. */
export interface TrainableTail extends Disposable {
  readonly embeddingSize: number;
  /** One optimizer step (`step` counts from 0); gives the logits that it was made on, `[photos, classes]`. */
  step(batch: TailBatch, learningRate: number, step: number): Float32Array;
  /** Logits `[photos, classes]` of features at the cut, with the weights as they are. */
  logits(features: Float16Array<ArrayBuffer>): Float32Array;
  /** The weights by `<node>/kernel` and `<node>/bias`; those of the last layer are `logits/…`. */
  weights(): Map<string, Weight>;
  /** What the optimizer remembers, by weight and slot. */
  slots(): Map<string, Weight>;
  /** Takes over weights, and slots where there are any, by their names. */
  restore(tensors: ReadonlyMap<string, Weight>): void;
}

export type OptimizerSettings = Pick<TrainSettings, 'optimizer' | 'momentum' | 'weightDecay'>;

/**
 * Opens a tail for training as fast as the runtime can: compiled where there is native TensorFlow, else operation by
 * operation. `graph` leads from the cut to the embedding; the last layer begins as `head`. Where it is compiled, a larger batch
 * than `photosAtOnce` goes through in parts.
 */
export async function openTail(
  graph: InferenceGraph,
  head: HeadWeights,
  settings: OptimizerSettings,
  photosAtOnce = Infinity,
): Promise<TrainableTail> {
  const native = currentRuntime().kind === 'native';
  return native
    ? openCompiledTail(graph, head, settings, photosAtOnce)
    : openEagerTail(graph, head, settings);
}
