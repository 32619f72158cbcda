import type { Epoch, Progress, Stage, Step } from '../../../contract/index.ts';

/** Where a training stands, for one line of words and one bar. */
export interface HowFar {
  stage: Stage;
  /** Of the stage, 0 … 1; null while it is not known. */
  share: number | null;
  epoch: { at: number; of: number } | null;
  count: { done: number; total: number } | null;
  /** Photos per second. */
  rate: number | null;
  secondsLeft: number | null;
}

/** Reads the newest events of a job. Null before the first. `planned` epochs are those of a first one that is not over yet. */
export function howFar(
  {
    step,
    progress,
    epochs,
  }: {
    step: Step | null;
    progress: Progress | null;
    epochs: readonly Epoch[];
  },
  planned: number | null = null,
): HowFar | null {
  if (step) {
    const of = epochs.findLast(({ stage }) => stage === step.stage)?.epochs ?? planned;
    return {
      stage: step.stage,
      share: of === null ? null : (step.epoch - 1 + step.step / step.steps) / of,
      epoch: of === null ? null : { at: step.epoch, of },
      count: null,
      rate: step.photosPerSecond,
      secondsLeft: step.secondsLeft,
    };
  }
  if (!progress) return null;
  const { stage, done, total, rate, secondsLeft } = progress;
  return {
    stage,
    share: total ? done / total : null,
    epoch: null,
    count: total === null ? null : { done, total },
    rate,
    secondsLeft,
  };
}
