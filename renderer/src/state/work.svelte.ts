import type { Notice, Prediction, Progress, SkippedEvent, Stage } from '../../../contract/index.ts';

type WorkEvent = Progress | Notice | Prediction | SkippedEvent;

/** One stream of the engine that a person waits for and may cancel. */
export class Work {
  progress = $state.raw<Progress | null>(null);
  notices = $state.raw<Notice[]>([]);
  readonly #cancelled = new AbortController();

  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Follows a stream to its end and gives its result; `take` gets what the stream is about. */
  async follow<R>(
    start: (signal: AbortSignal) => Promise<AsyncIterator<WorkEvent, R>>,
    take: (event: Prediction | SkippedEvent) => void = () => undefined,
  ): Promise<R> {
    const events = await start(this.signal);
    for (;;) {
      const { done, value } = await events.next();
      if (done) return value;
      if (value.kind === 'progress') this.progress = value;
      else if (value.kind === 'notice') this.notices = [...this.notices, value];
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
