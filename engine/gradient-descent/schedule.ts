export interface Schedule {
  /** Highest rate. */
  readonly learningRate: number;
  /** Share of all steps over which the rate rises, 0 … 0.5. */
  readonly warmup: number;
  /** Steps of the whole training. */
  readonly steps: number;
}

/**
 * Learning rate of a step (0 is the first): a straight rise to the highest rate, then half a cosine down to zero
 * (Loshchilov and Hutter 2016, without restarts).
 */
export function learningRateAt(step: number, { learningRate, warmup, steps }: Schedule): number {
  const rising = Math.round(warmup * steps);
  if (step < rising) return (learningRate * (step + 1)) / (rising + 1);
  const done = Math.min(1, (step - rising) / Math.max(1, steps - rising));
  return (learningRate * (1 + Math.cos(Math.PI * done))) / 2;
}
