import type { Compute } from '../compute.ts';
import type { TrialProgress } from './trial-progress.ts';

/** A training that an experiment is going to make. */
export interface PlannedTrial {
  readonly arm: string;
  /** From 1 on. */
  readonly seed: number;
  /** Places of the axis that it answers for. */
  readonly xs: readonly number[];
  /** How long it should take beside the others, in any unit. */
  readonly work: number;
  /** Trains and gives the accuracy at each of the places. */
  run(compute: Compute, signal: AbortSignal): AsyncGenerator<TrialProgress, readonly number[]>;
}

/** What an experiment is about to do, and on what. */
export interface TrialPlan {
  /** In the order in which they are made: all of a seed, then those of the next. */
  readonly trials: readonly PlannedTrial[];
  /** Places of the axis. */
  readonly values: readonly number[];
  /** For people: "MNIST", the project's name. */
  readonly data: string;
  readonly classes: number;
  /** Images that each accuracy is a share of. */
  readonly testImages: number;
}
