import type { PairedComparison } from '../../contract/index.ts';
import { z95 } from './wilson.ts';

/** Whether each of two models has a photo right. */
export interface Pair {
  readonly now: boolean;
  readonly before: boolean;
}

/**
 * Compares two models on the same photos, of which only those count that one has right and the other wrong. The test is
 * McNemar's in its mid-p form, the interval that of Bonett and Price: both as recommended in M. Fagerland, S. Lydersen and
 * P. Laake, "Recommended tests and confidence intervals for paired binomial proportions", Statistics in Medicine 33 (2014).
 */
export function comparePaired(pairs: readonly Pair[]): PairedComparison {
  const n = pairs.length;
  const gained = pairs.filter(({ now, before }) => now && !before).length;
  const lost = pairs.filter(({ now, before }) => before && !now).length;
  const difference = n === 0 ? 0 : (gained - lost) / n;
  return { n, gained, lost, difference, interval: bonettPrice(gained, lost, n), p: midP(gained, lost) };
}

/** D. Bonett and R. Price, "Adjusted Wald confidence interval for a difference of binomial proportions", 2012. */
function bonettPrice(gained: number, lost: number, n: number): [number, number] {
  if (n === 0) return [-1, 1];
  const [up, down] = [(gained + 1) / (n + 2), (lost + 1) / (n + 2)];
  const half = z95 * Math.sqrt((up + down - (up - down) ** 2) / (n + 2));
  return [Math.max(-1, up - down - half), Math.min(1, up - down + half)];
}

/** Two-sided: twice the chance of fewer than the smaller count out of both by the toss of a coin, and that of just as many. */
function midP(gained: number, lost: number): number {
  const tosses = gained + lost;
  const fewer = Math.min(gained, lost);
  // By logarithms: half to the power of thousands is below what a double holds.
  let log = -tosses * Math.LN2;
  for (let k = 0; k < fewer; k++) log += Math.log((tosses - k) / (k + 1));
  let chance = Math.exp(log);
  let p = chance;
  for (let k = fewer; k > 0; k--) {
    chance *= k / (tosses - k + 1);
    p += 2 * chance;
  }
  return Math.min(1, p);
}
