import { tf } from '../tensorflow/index.ts';
import { blockRows, keptRows, type Embeddings } from './embeddings.ts';
import type { Statistics } from './standardization.ts';

/** Some photos' features and the place of the first of them. */
export interface FeatureBlock {
  readonly from: number;
  /** `[photos, size]` float32. */
  readonly features: tf.Tensor2D;
}

/**
 * Standardised features, to be gone through many times, block by block. However many photos there are, no more than some
 * thousands are in memory.
 */
export class FeatureBlocks implements Disposable {
  readonly #embeddings: Embeddings;
  readonly #means: Float32Array;
  readonly #factor: number;
  readonly #kept: tf.Tensor2D[] = [];
  #reused = new Float32Array(0);

  constructor(embeddings: Embeddings, { means, deviation }: Statistics) {
    this.#embeddings = embeddings;
    this.#means = Float32Array.from(means);
    this.#factor = 1 / deviation;
  }

  /** All blocks, one after the other; each is there until the next is asked for. */
  *[Symbol.iterator](): Generator<FeatureBlock> {
    for (let from = 0; from < this.#embeddings.count; from += blockRows) {
      const stays = from < keptRows;
      const features = this.#kept[from / blockRows] ?? this.#read(from, stays);
      if (stays) this.#kept[from / blockRows] = features;
      try {
        yield { from, features };
      } finally {
        if (!stays) features.dispose();
      }
    }
  }

  [Symbol.dispose](): void {
    tf.dispose(this.#kept);
  }

  #read(from: number, stays: boolean): tf.Tensor2D {
    const { size, count } = this.#embeddings;
    const photos = Math.min(blockRows, count - from);
    // TensorFlow works on this very memory until the tensor is disposed of.
    const features = stays ? new Float32Array(photos * size) : this.#scratch(photos * size);
    this.#embeddings.read(from, features);
    this.#standardise(features);
    return tf.tensor2d(features, [photos, size]);
  }

  #scratch(length: number): Float32Array {
    if (this.#reused.length < length) this.#reused = new Float32Array(length);
    return this.#reused.subarray(0, length);
  }

  #standardise(features: Float32Array): void {
    const [means, factor] = [this.#means, this.#factor];
    const size = means.length;
    for (let at = 0; at < features.length; at += size)
      for (let j = 0; j < size; j++) features[at + j] = ((features[at + j] ?? 0) - (means[j] ?? 0)) * factor;
  }
}
