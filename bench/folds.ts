import type { TrainingPhoto } from '../engine/library/index.ts';
import { randomFor, shuffled } from '../engine/random.ts';
import { examplesOf, type Examples } from '../engine/training/plan-training.ts';

/** Photos to learn from and photos to be judged by. */
export interface Fold {
  readonly train: Examples;
  readonly test: Examples;
}

/** Cross-validation: every photo is in the test set of one fold, every label is dealt out evenly. */
export function foldsOf(
  photos: readonly TrainingPhoto[],
  classNames: readonly string[],
  { folds, seed }: { folds: number; seed: number },
): Fold[] {
  const foldOf = new Map<string, number>();
  let next = 0;
  for (const same of Map.groupBy(photos, ({ label }) => label).values())
    for (const i of shuffled(same.length, randomFor('folds', seed, same[0]?.label ?? '')))
      foldOf.set(same[i]?.id ?? '', next++ % folds);
  const examples = (wanted: (fold: number | undefined) => boolean) =>
    examplesOf(
      photos.filter(({ id }) => wanted(foldOf.get(id))),
      classNames,
    );
  return Array.from({ length: folds }, (_, fold) => ({
    train: examples((of) => of !== fold),
    test: examples((of) => of === fold),
  }));
}

/** Share of right answers over all folds, in percent. */
export class Tally {
  #right = 0;
  #photos = 0;

  /** `accuracy` is the share of `photos` that were answered rightly. */
  add(accuracy: number, photos: number): void {
    this.#right += accuracy * photos;
    this.#photos += photos;
  }

  get percent(): number {
    return (100 * this.#right) / this.#photos;
  }
}
