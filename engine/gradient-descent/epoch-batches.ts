import type { PhotoId } from '../../contract/index.ts';
import { randomFor, shuffled } from '../random.ts';

/** One photo in an epoch: its place in the training set and the augmented variant that is shown. */
export interface Shown {
  readonly photo: number;
  readonly variant: number;
}

/**
 * The batches of an epoch (0 is the first): every photo once, in an order of its own, in batches of nearly the same size
 * and at most `batchSize`. A photo goes through all its variants before one comes again. All of it follows from seed,
 * epoch and photo id.
 */
export function epochBatches(
  ids: readonly PhotoId[],
  { seed, epoch, variants, batchSize }: { seed: number; epoch: number; variants: number; batchSize: number },
): Shown[][] {
  const order = shuffled(ids.length, randomFor(seed, 'order', epoch));
  const steps = stepsPerEpoch(ids.length, batchSize);
  const round = Math.floor(epoch / variants);
  return Array.from({ length: steps }, (_, step) => {
    const from = Math.floor((step * ids.length) / steps);
    const to = Math.floor(((step + 1) * ids.length) / steps);
    return Array.from(order.subarray(from, to), (photo) => {
      const cycle = shuffled(variants, randomFor(seed, 'variants', round, ids[photo] ?? ''));
      return { photo, variant: cycle[epoch % variants] ?? 0 };
    });
  });
}

function stepsPerEpoch(photos: number, batchSize: number): number {
  return Math.ceil(photos / batchSize);
}

/**
 * Factors of dropout for one step, `[count]`: 0 with probability `share`, otherwise 1 / (1 − share), so that the mean
 * stays. Null without dropout.
 */
export function dropoutMask(
  count: number,
  share: number,
  ...parts: readonly (string | number)[]
): Float32Array | null {
  if (share === 0) return null;
  const random = randomFor('dropout', ...parts);
  return Float32Array.from({ length: count }, () => (random() < share ? 0 : 1 / (1 - share)));
}
