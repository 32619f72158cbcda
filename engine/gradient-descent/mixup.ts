import type { TailBatch } from './trainable-tail.ts';

type Mixable = Pick<TailBatch, 'features' | 'targets'>;

/**
 * Mixes into each photo of a batch up to `most` (0 … 0.5) of the next one, features at the cut and targets alike, so that the
 * network learns to be as unsure as what it sees: manifold mixup (Verma et al. 2019, arXiv:1806.05236), with shares drawn
 * evenly from 0 … `most`. `features` are `[photos, values]`, `targets` `[photos, classes]`.
 */
export function mixup<Batch extends Mixable>(
  batch: Batch,
  photos: number,
  most: number,
  random: () => number,
): Batch {
  if (most === 0 || photos < 2) return batch;
  const shares = Array.from({ length: photos }, () => random() * most);
  const features = new Float16Array(batch.features.length);
  const targets = new Float32Array(batch.targets.length);
  mixRows(batch.features, features, shares);
  mixRows(batch.targets, targets, shares);
  return { ...batch, features, targets };
}

function mixRows<Values extends Float16Array | Float32Array>(
  from: Values,
  to: Values,
  shares: readonly number[],
): void {
  const width = from.length / shares.length;
  for (const [row, share] of shares.entries()) {
    const [own, other] = [row * width, ((row + 1) % shares.length) * width];
    for (let i = 0; i < width; i++)
      to[own + i] = (1 - share) * (from[own + i] ?? 0) + share * (from[other + i] ?? 0);
  }
}
