import type { TrainSettings } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import type { Library } from '../library/index.ts';
import type { Stopwatch } from './stopwatch.ts';

/** What the stages of one training share. */
export interface TrainingContext {
  readonly compute: Compute;
  readonly library: Library;
  readonly settings: TrainSettings;
  readonly classes: number;
  /** Photos of a batch that go through the tail at once; all by default. */
  readonly photosAtOnce?: number;
  /** Where checkpoints lie. */
  readonly runFolder: string;
  readonly clock: Stopwatch;
  readonly signal: AbortSignal;
  /** Ends fine-tuning early with the best weights so far. */
  readonly stop: AbortSignal;
}
