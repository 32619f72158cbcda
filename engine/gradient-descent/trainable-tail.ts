import type { Weight } from '../graph/index.ts';

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
