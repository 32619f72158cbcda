import type { Job, JobEnd, Progress } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { FollowedJob } from './job.svelte.ts';

/** Photos on their way into the project: first copied where a browser must, then imported. */
export class Adding {
  readonly names: string[];
  #copied = $state.raw<Progress | null>(null);
  #job = $state.raw<FollowedJob | null>(null);
  readonly #engine: Engine;
  readonly #cancelled = new AbortController();

  constructor(engine: Engine, names: string[]) {
    this.#engine = engine;
    this.names = names;
  }

  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  get stage(): 'copy' | 'import' {
    return this.#copied && !this.#job ? 'copy' : 'import';
  }

  get progress(): Progress | null {
    return this.#job ? this.#job.progress : this.#copied;
  }

  copied(done: number, total: number): void {
    this.#copied = { kind: 'progress', stage: 'import', done, total, rate: null, secondsLeft: null };
  }

  /**
   * Starts the import and follows it to its end, over restarts of the engine; null when there is nothing to go on with.
   * Rejects with ENGINE_STOPPED when the import itself seems to end the engine.
   */
  async run(start: () => Promise<Job>): Promise<JobEnd | null> {
    let job: Job | null = await start();
    while (job) {
      const { project }: Job = job;
      const followed: FollowedJob = new FollowedJob(this.#engine, job);
      this.#job = followed;
      if (this.signal.aborted) await followed.control('cancel');
      const end = await followed.follow();
      if (end) return end;
      job = await this.#engine.persist((client) => client.resumeImport({ project }));
    }
    return null;
  }

  /** What is in already stays in. */
  async cancel(): Promise<void> {
    this.#cancelled.abort();
    await this.#job?.control('cancel');
  }
}
