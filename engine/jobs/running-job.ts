import {
  ScenelabError,
  type Job,
  type JobControl,
  type JobEnd,
  type JobEvent,
  type JobResult,
  type JobState,
  type WorkEvent,
} from '../../contract/index.ts';

export interface WorkSignals {
  /** Breaks off. The same work, begun again, goes on where it was. */
  readonly signal: AbortSignal;
  /** Comes to an end early, with the best there is. */
  readonly stop: AbortSignal;
}
/** Long work: yields events, gives its result. */
export type Work = (signals: WorkSignals) => AsyncGenerator<WorkEvent, JobResult>;

/** Why a signal fired when it was no person who cancelled: the same work may be taken up by the next engine. */
export const engineLeaves = 'The engine ends';

/** One piece of long work, from its start to its end, with all that it has told. */
export class RunningJob {
  readonly job: Job;
  /** Fulfilled once it has put away what it holds. */
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

  get isOver(): boolean {
    return this.#end !== undefined;
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
    if (this.isOver) return;
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

  /** Of progress and steps, also those of experiments, only the newest is kept; what makes up the history stays. */
  #tell(event: WorkEvent | null): void {
    if (event === null || isPassing(event))
      this.#kept = this.#kept.filter((each) => each.event && !isPassing(each.event));
    this.#kept.push({ sequence: ++this.#sequence, state: this.job.state, event });
    this.#wake();
  }

  #wake(): void {
    const { resolve } = this.#news;
    this.#news = Promise.withResolvers<void>();
    resolve();
  }
}

const isPassing = ({ kind }: WorkEvent): boolean => ['progress', 'step', 'trial'].includes(kind);
