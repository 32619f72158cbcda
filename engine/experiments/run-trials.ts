import type { ExperimentStep, Measured } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import type { PlannedTrial } from './planned-trial.ts';

/** Makes trainings one after the other; says where each stands and, once it has ended, what it has right. Gives all of that. */
export async function* runTrials(
  compute: Compute,
  trials: readonly PlannedTrial[],
  signal: AbortSignal,
): AsyncGenerator<ExperimentStep | Measured, Measured[]> {
  const clock = new WorkClock(trials.reduce((sum, { work }) => sum + work, 0));
  const seeds = Math.max(...trials.map(({ seed }) => seed));
  const measured: Measured[] = [];
  for (const trial of trials) {
    signal.throwIfAborted();
    const accuracies = yield* runPlanned(compute, trial, { clock, seeds, signal });
    clock.done(trial.work);
    const answers = measuredBy(trial, accuracies);
    yield* answers;
    measured.push(...answers);
  }
  return measured;
}

async function* runPlanned(
  compute: Compute,
  { arm, seed, xs, work, run }: PlannedTrial,
  { clock, seeds, signal }: { clock: WorkClock; seeds: number; signal: AbortSignal },
): AsyncGenerator<ExperimentStep, readonly number[]> {
  const events = run(compute, signal);
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    const { epoch, epochs, share } = next.value;
    const place = { arm, x: xs[0] ?? 0, seed, seeds, epoch, epochs };
    yield { kind: 'trial', ...place, ...clock.at(share * work) };
  }
}

function measuredBy({ arm, seed, xs }: PlannedTrial, accuracies: readonly number[]): Measured[] {
  return xs.map((x, i) => ({ kind: 'measured', arm, x, seed, accuracy: accuracies[i] ?? NaN }));
}

/** How far all work is, and how long the rest takes at the pace of what is done. */
class WorkClock {
  readonly #total: number;
  readonly #began = performance.now();
  #done = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** `further` is what is done of the work that has begun. */
  at(further: number): { share: number; secondsLeft: number | null } {
    const share = Math.min(1, (this.#done + further) / this.#total);
    const seconds = (performance.now() - this.#began) / 1000;
    return { share, secondsLeft: share > 0.01 ? (seconds * (1 - share)) / share : null };
  }

  done(work: number): void {
    this.#done += work;
  }
}
