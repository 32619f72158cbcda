import type { Progress, Stage } from '../contract/index.ts';

const minimumMilliseconds = 50;
const windowMilliseconds = 5000;

/** Counts long work and says, at most 20 times a second, how it goes. */
export interface ProgressMeter {
  /** The event to yield now that `done` are done, or null when the last one is younger than 50 ms. */
  at(done: number): Progress | null;
  /** As `at`, but always an event: for the first and the last of a stage. */
  now(done: number): Progress;
}

/**
 * Starts counting a stage. `rate` is per second over the last five seconds, so that files which cost nothing (unchanged
 * ones) don't flatter what is left. `total` is null while it is not known; `from` is what an earlier, interrupted run
 * had done. `clock` is in milliseconds.
 */
export function startProgress(
  stage: Stage,
  total: number | null,
  from = 0,
  clock = () => performance.now(),
): ProgressMeter {
  const samples = [{ time: clock(), done: from }];
  let reported = -Infinity;

  const now = (done: number): Progress => {
    const time = clock();
    reported = time;
    samples.push({ time, done });
    while (samples.length > 2 && samples[1] && samples[1].time < time - windowMilliseconds) samples.shift();
    const oldest = samples[0] ?? { time, done };
    const rate = time > oldest.time ? ((done - oldest.done) * 1000) / (time - oldest.time) : null;
    const secondsLeft = total === null || !rate ? null : Math.max(0, (total - done) / rate);
    return { kind: 'progress', stage, done, total, rate, secondsLeft };
  };
  return { now, at: (done) => (clock() - reported < minimumMilliseconds ? null : now(done)) };
}
