import type { Weight } from '../graph/index.ts';

/** Steps from one look at the weights to the next: reading them out at each would cost more than it gives. */
const stepsBetween = 8;

/**
 * The mean of a network's weights, and running statistics, over its last steps, the older the less they count (Polyak and
 * Juditsky 1992, exponential as in Szegedy et al. 2015): noise of single steps cancels out. At first, when weights still go far,
 * it looks back over fewer.
 */
export class AveragedWeights {
  readonly #steps: number;
  #looks = 0;
  #mean: ReadonlyMap<string, Weight> | null = null;

  /** `steps` are those that it looks back over. */
  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Whether it wants the weights after a step (0 is the first). */
  wants(step: number): boolean {
    return step % stepsBetween === 0;
  }

  add(weights: ReadonlyMap<string, Weight>): void {
    const share = Math.max(stepsBetween / this.#steps, 9 / (10 + this.#looks++));
    if (this.#mean === null || share >= 1) this.#mean = weights;
    else
      for (const [name, { data }] of weights) {
        const mean = this.#mean.get(name)?.data ?? new Float32Array();
        for (let i = 0; i < mean.length; i++)
          mean[i] = (mean[i] ?? 0) + share * ((data[i] ?? 0) - (mean[i] ?? 0));
      }
  }

  /** Null before the first look. */
  mean(): ReadonlyMap<string, Weight> | null {
    return this.#mean;
  }
}
