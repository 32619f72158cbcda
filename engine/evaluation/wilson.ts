/** 97.5th percentile of the standard normal distribution: a two-sided 95 % interval. */
export const z95 = 1.959963984540054;

/**
 * The 95 % Wilson score interval of a share, e.g. of an accuracy: [low, high] in 0 … 1. Nothing tried gives [0, 1].
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function wilsonInterval(successes: number, trials: number): [number, number] {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const z2 = z95 ** 2 / trials;
  const centre = share + z2 / 2;
  const half = z95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  // At the ends the formula is exact on paper only; rounding must not leave 1e-17 below a share of nought.
  const low = successes === 0 ? 0 : (centre - half) / (1 + z2);
  const high = successes === trials ? 1 : (centre + half) / (1 + z2);
  return [low, high];
}
