import type { Parity } from '../../contract/index.ts';
import { argmax } from '../evaluation/argmax.ts';

/** How two lists of answers to the same photos, each `[classes]`, agree. Of no photos all agree. */
export function parityOf(app: readonly Float32Array[], exported: readonly Float32Array[]): Parity {
  const n = app.length;
  const same = app.filter((answer, i) => argmax(answer) === argmax(exported[i] ?? [])).length;
  const differences = app.map((answer, i) => largestDifference(answer, exported[i] ?? []));
  return { n, top1Agreement: n === 0 ? 1 : same / n, maxAbsDifference: Math.max(0, ...differences) };
}

/** The largest difference between two answers. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(0, ...Array.from(a, (value, c) => Math.abs(value - (b[c] ?? Infinity))));
}
