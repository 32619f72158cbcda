import { randomUUID } from 'node:crypto';
import {
  ScenelabError,
  type ImportResult,
  type Job,
  type JobControl,
  type JobEnd,
  type JobEvent,
  type JobState,
  type TrainEvent,
  type TrainResult,
} from '../../contract/index.ts';

/** What a job gives when it is done. */
export type JobResult = Partial<Pick<JobEnd, 'imported' | 'trained'>> &
  ({ imported: ImportResult } | { trained: TrainResult });
/** Long work: yields events, gives its result, stops when the signal says so. */
export type Work = (signal: AbortSignal) => AsyncGenerator<TrainEvent, JobResult>;
type Description = Pick<Job, 'kind' | 'project' | 'title'>;

const keptWhenEnded = 20;

/** Long work that goes on whoever watches; whoever comes back later hears what they missed. */
export class Jobs {
  readonly #running = new Map<string, RunningJob>();

  /** Starts work at once. One training at a time: throws USAGE when another is running. */
  start(description: Description, work: Work): Job {
    if (
      description.kind === 'train' &&
      [...this.#running.values()].some(({ job }) => job.kind === 'train' && !over(job))
    )
      throw new ScenelabError(
        'USAGE',
        'A model is being trained already',
        'one at a time',
        'Wait for it, or stop it',
      );
    const running = new RunningJob({
      ...description,
      id: randomUUID(),
      state: 'running',
      startedAt: new Date().toISOString(),
    });
    this.#running.set(running.job.id, running);
    void running.run(work);
    const ended = [...this.#running.values()].filter(({ job }) => over(job));
    for (const { job } of ended.slice(0, -keptWhenEnded)) this.#running.delete(job.id);
    return { ...running.job };
  }

  /** Jobs of a project that run, or ended in this process's life; the oldest first. */
  list(project: string): Job[] {
    return [...this.#running.values()]
      .filter(({ job }) => job.project === project)
      .map(({ job }) => ({ ...job }));
  }

  /** Yields what the job did after event number `after`, goes on with what it does, and gives how it ended. */
  follow(id: string, after: number, signal?: AbortSignal): AsyncGenerator<JobEvent, JobEnd> {
    return this.#find(id).follow(after, signal);
  }

  control(id: string, action: JobControl): void {
    this.#find(id).control(action);
  }

  /** Cancels whatever runs or waits. */
  cancelAll(): void {
    for (const running of this.#running.values()) running.control('cancel');
  }

  #find(id: string): RunningJob {
    const found = this.#running.get(id);
    if (found) return found;
    throw new ScenelabError(
      'NOT_FOUND',
      'This work is not known any more',
      '',
      'Look at the results, or start again',
    );
  }
}

const over = ({ state }: Job): boolean => !['waiting', 'running', 'paused'].includes(state);

class RunningJob {
  readonly job: Job;
  #kept: JobEvent[] = [];
  #sequence = 0;
  #end: JobEnd | undefined;
  #news = Promise.withResolvers<void>();
  #resumed = Promise.resolve();
  #resume: () => void = () => undefined;
  readonly #cancel = new AbortController();

  constructor(job: Job) {
    this.job = job;
  }

  async run(work: Work): Promise<void> {
    try {
      const events = work(this.#cancel.signal);
      for (;;) {
        const next = await events.next();
        if (next.done) {
          this.#finish('done', { imported: null, trained: null, ...next.value, failure: null });
          return;
        }
        this.#tell(next.value);
        await this.#resumed;
      }
    } catch (error) {
      const cancelled = this.#cancel.signal.aborted;
      const failure =
        error instanceof ScenelabError
          ? error.data
          : { code: 'INTERNAL' as const, met: String(error), expected: '', fix: 'Try again' };
      this.#finish(cancelled ? 'cancelled' : 'failed', {
        failure: cancelled ? null : failure,
        imported: null,
        trained: null,
      });
    }
  }

  async *follow(after: number, signal?: AbortSignal): AsyncGenerator<JobEvent, JobEnd> {
    const stopped = new Promise<void>((resolve) =>
      signal?.addEventListener('abort', () => resolve(), { once: true }),
    );
    let heard = after;
    for (;;) {
      const news = this.#news.promise;
      for (const event of this.#kept.filter(({ sequence }) => sequence > heard)) {
        heard = event.sequence;
        yield event;
      }
      if (this.#end) return this.#end;
      await Promise.race([news, stopped]);
      signal?.throwIfAborted();
    }
  }

  control(action: JobControl): void {
    if (over(this.job)) return;
    if (action === 'pause' && this.job.state === 'running') {
      ({ promise: this.#resumed, resolve: this.#resume } = Promise.withResolvers<void>());
      this.#change('paused');
      return;
    }
    this.#resume();
    if (action === 'resume') this.#change('running');
    if (action === 'cancel' || action === 'stop') this.#cancel.abort();
  }

  #change(state: JobState): void {
    this.job.state = state;
    this.#tell(null);
  }

  #finish(state: JobState, end: Omit<JobEnd, 'state'>): void {
    this.job.state = state;
    this.#end = { state, ...end };
    this.#wake();
  }

  /** Of progress and steps only the newest is kept; what makes up the history stays. */
  #tell(event: TrainEvent | null): void {
    const passing = event === null || event.kind === 'progress' || event.kind === 'step';
    if (passing) this.#kept = this.#kept.filter((each) => each.event && !isPassing(each.event));
    this.#kept.push({ sequence: ++this.#sequence, state: this.job.state, event });
    this.#wake();
  }

  #wake(): void {
    const { resolve } = this.#news;
    this.#news = Promise.withResolvers<void>();
    resolve();
  }
}

const isPassing = ({ kind }: TrainEvent): boolean => kind === 'progress' || kind === 'step';
