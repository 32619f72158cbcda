import type { Notice, Progress, Stage } from '../../../contract/index.ts';

/** One stream of the engine that a person waits for and may cancel. */
export class Work {
  progress = $state.raw<Progress | null>(null);
  notices = $state.raw<Notice[]>([]);
  readonly #cancelled = new AbortController();

  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Follows a stream to its end and gives its result; `take` gets what the stream is about. */
  async follow<R, Event extends { kind: string } = never>(
    start: (signal: AbortSignal) => Promise<AsyncIterator<Progress | Notice | Event, R>>,
    take: (event: Event) => void = () => undefined,
  ): Promise<R> {
    const events = await start(this.signal);
    for (;;) {
      const { done, value } = await events.next();
      if (done) return value;
      if (isProgress(value)) this.progress = value;
      else if (isNotice(value)) this.notices = [...this.notices, value];
      else take(value);
    }
  }

  /** Says how far something is that the engine knows nothing of. */
  count(stage: Stage, done: number, total: number): void {
    this.progress = { kind: 'progress', stage, done, total, rate: null, secondsLeft: null };
  }

  cancel(): void {
    this.#cancelled.abort();
  }
}

const isProgress = (event: { kind: string }): event is Progress => event.kind === 'progress';
const isNotice = (event: { kind: string }): event is Notice => event.kind === 'notice';
