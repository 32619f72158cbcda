import type {
  Epoch,
  ExperimentStep,
  Job,
  JobControl,
  JobEnd,
  JobResult,
  JobState,
  Measured,
  Notice,
  Progress,
  Step,
  WorkEvent,
} from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';

/** One running job as the engine tells it. Taken up again after a reload or a restart of the engine. */
export class FollowedJob {
  readonly job: Job;
  state = $state.raw<JobState>('running');
  progress = $state.raw<Progress | null>(null);
  step = $state.raw<Step | null>(null);
  epochs = $state.raw<Epoch[]>([]);
  /** Of an experiment: where it stands, and what it has found so far. */
  trial = $state.raw<ExperimentStep | null>(null);
  measured = $state.raw<Measured[]>([]);
  notices = $state.raw<Notice[]>([]);
  readonly #engine: Engine;
  #sequence = 0;

  constructor(engine: Engine, job: Job) {
    this.#engine = engine;
    this.job = job;
    this.state = job.state;
  }

  /** Follows the job to its end and gives it; null when the engine that did it has stopped and the next knows nothing of it. */
  async follow(): Promise<JobEnd | null> {
    for (let hasStopped = false; ;) {
      try {
        const events = await this.#engine.client.followJob({ job: this.job.id, after: this.#sequence });
        for (;;) {
          const next = await events.next();
          if (next.done) return next.value;
          this.#sequence = next.value.sequence;
          this.state = next.value.state;
          if (next.value.event) this.#take(next.value.event);
        }
      } catch (error) {
        const failure = toFailure(error);
        if (hasStopped && failure?.code === 'NOT_FOUND') return null;
        if (!failure) return { state: 'cancelled' };
        if (failure.code !== 'ENGINE_STOPPED') return { state: 'failed', failure };
        hasStopped = true;
      }
    }
  }

  async control(action: JobControl): Promise<void> {
    await this.#engine.client.controlJob({ job: this.job.id, action });
  }

  #take(event: WorkEvent): void {
    if (event.kind === 'progress') {
      this.progress = event;
      this.step = null;
    } else if (event.kind === 'step') this.step = event;
    else if (event.kind === 'epoch') this.epochs = [...this.epochs, event];
    else if (event.kind === 'trial') this.trial = event;
    else if (event.kind === 'measured') this.measured = [...this.measured, event];
    // Work that goes on after a pause begins by saying again what still holds.
    else if (event.kind === 'notice' && !this.notices.some(({ message }) => message === event.message))
      this.notices = [...this.notices, event];
  }
}

/** Why a job failed; null where it did not. */
export const failureOf = (end: JobEnd | null): Failure | null =>
  end?.state === 'failed' ? end.failure : null;

export type ResultOf<Kind extends JobResult['kind']> = Extract<JobResult, { kind: Kind }>;

/** What came of a job of a kind; null where nothing did. */
export function resultOf<Kind extends JobResult['kind']>(
  end: JobEnd | null,
  kind: Kind,
): ResultOf<Kind> | null {
  const result = end && 'result' in end ? end.result : null;
  const isOfKind = (result: JobResult): result is ResultOf<Kind> => result.kind === kind;
  return result && isOfKind(result) ? result : null;
}
