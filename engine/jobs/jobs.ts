import { randomUUID } from 'node:crypto';
import {
  ScenelabError,
  type Job,
  type JobControl,
  type JobEnd,
  type JobEvent,
  type JobResult,
  type JobState,
  type TrainEvent,
} from '../../contract/index.ts';

export interface WorkSignals {
  /** Breaks off. The same work, begun again, goes on where it was. */
  readonly signal: AbortSignal;
  /** Comes to an end early, with the best there is. */
  readonly stop: AbortSignal;
}
/** Long work: yields events, gives its result. */
export type Work = (signals: WorkSignals) => AsyncGenerator<TrainEvent, JobResult>;
type Description = Pick<Job, 'kind' | 'project' | 'title'>;

const keptWhenEnded = 20;
/** Why a signal fired when it was no person who cancelled: the same work may be taken up by the next engine. */
export const engineLeaves = 'The engine ends';

/** Long work that goes on whoever watches; whoever comes back later hears what they missed. */
export class Jobs {
  readonly #running = new Map<string, RunningJob>();

  /** Starts work at once. One training at a time: throws USAGE when another is running. */
  start(description: Description, work: Work): Job {
    if (trains(description) && [...this.#running.values()].some(({ job }) => trains(job) && !over(job)))
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
    running.run(work);
    const ended = [...this.#running.values()].filter(({ job }) => over(job));
    for (const { job } of ended.slice(0, -keptWhenEnded)) this.#running.delete(job.id);
    return { ...running.job };
  }

  /** Whether nothing runs. */
  get isIdle(): boolean {
    return [...this.#running.values()].every(({ job }) => job.state !== 'running');
  }

  /** Whether work of a project runs or is paused. */
  isBusy(project: string): boolean {
    return this.list(project).some((job) => !over(job));
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

  /** Cancels whatever runs or is paused; fulfilled once all of it has put away what it holds. */
  async cancelAll(): Promise<void> {
    const jobs = [...this.#running.values()];
    for (const running of jobs) running.control('cancel', engineLeaves);
    await Promise.all(jobs.map(({ ended }) => ended));
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

/** Two trainings at once would take the processor and the memory from each other. */
const trains = ({ kind }: Pick<Job, 'kind'>): boolean => kind === 'train' || kind === 'lab';
const over = ({ state }: Job): boolean => state !== 'running' && state !== 'paused';

class RunningJob {
  readonly job: Job;
  ended = Promise.resolve();
  #kept: JobEvent[] = [];
  #sequence = 0;
  #end: JobEnd | undefined;
  #news = Promise.withResolvers<void>();
  /** Ends the pause; null while there is none. */
  #resume: (() => void) | null = null;
  /** Breaks off what runs now, for a pause or for good. */
  #breakOff = new AbortController();
  #cancelled = false;
  readonly #stop = new AbortController();

  constructor(job: Job) {
    this.job = job;
  }

  run(work: Work): void {
    this.ended = this.#run(work);
  }

  /** A pause breaks the work off, which frees its memory; going on begins it again where it was. */
  async #run(work: Work): Promise<void> {
    while (!this.#end) {
      this.#breakOff = new AbortController();
      try {
        await this.#runOnce(work);
      } catch (error) {
        // What is broken off and not cancelled is paused, or was and goes on already.
        const isPause = this.#breakOff.signal.aborted && !this.#cancelled;
        if (!isPause) this.#fail(error);
        else if (this.job.state === 'paused') await new Promise<void>((resolve) => (this.#resume = resolve));
      }
      this.#resume = null;
      if (this.#cancelled && !this.#end) this.#finish({ state: 'cancelled' });
    }
  }

  async #runOnce(work: Work): Promise<void> {
    const events = work({ signal: this.#breakOff.signal, stop: this.#stop.signal });
    for (;;) {
      const next = await events.next();
      if (next.done) {
        const state = this.#stop.signal.aborted ? 'stopped' : 'done';
        this.#finish({ state, result: next.value });
        return;
      }
      this.#tell(next.value);
    }
  }

  #fail(error: unknown): void {
    if (this.#cancelled) return this.#finish({ state: 'cancelled' });
    const failure =
      error instanceof ScenelabError
        ? error.data
        : { code: 'INTERNAL' as const, met: String(error), expected: '', fix: 'Try again' };
    this.#finish({ state: 'failed', failure });
  }

  async *follow(after: number, signal?: AbortSignal): AsyncGenerator<JobEvent, JobEnd> {
    signal?.addEventListener('abort', () => this.#wake(), { once: true });
    let heard = after;
    for (;;) {
      signal?.throwIfAborted();
      const news = this.#news.promise;
      for (const event of this.#kept.filter(({ sequence }) => sequence > heard)) {
        heard = event.sequence;
        yield event;
      }
      if (this.#end) return this.#end;
      await news;
    }
  }

  control(action: JobControl, why?: typeof engineLeaves): void {
    if (over(this.job)) return;
    if (action === 'pause' && this.job.state === 'running') {
      this.#change('paused');
      this.#breakOff.abort();
    } else if (action === 'cancel') {
      this.#cancelled = true;
      this.#breakOff.abort(why);
      this.#resume?.();
    } else if (action !== 'pause') {
      if (action === 'stop') this.#stop.abort();
      if (this.job.state === 'paused') this.#change('running');
      this.#resume?.();
    }
  }

  #change(state: JobState): void {
    this.job.state = state;
    this.#tell(null);
  }

  #finish(end: JobEnd): void {
    this.job.state = end.state;
    this.#end = end;
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
