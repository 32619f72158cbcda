import type { TrainingPhoto } from '../library/index.ts';
import { randomFor, shuffled } from '../random.ts';

/** Photos of each class to learn from, in the order in which they are taken, and those that judge. */
export interface DrawnPhotos {
  readonly pool: ReadonlyMap<string, readonly TrainingPhoto[]>;
  readonly test: readonly TrainingPhoto[];
}

/**
 * Draws `perClass` photos of each label to learn from; those that are no near-twin of any of them judge. The seed decides; what is
 * drawn doesn't depend on the order of the photos.
 */
export function drawPhotos(photos: readonly TrainingPhoto[], perClass: number, seed: number): DrawnPhotos {
  const sorted = photos.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const pool = new Map(
    [...Map.groupBy(sorted, ({ label }) => label)].map(([label, same]) => {
      const order = shuffled(same.length, randomFor(seed, 'photos', label));
      return [label, [...order.subarray(0, perClass)].flatMap((place) => same[place] ?? [])];
    }),
  );
  const learned = new Set([...pool.values()].flat().map(({ group }) => group));
  return { pool, test: sorted.filter(({ group }) => !learned.has(group)) };
}
