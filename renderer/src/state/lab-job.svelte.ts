import type { Job, JobResult } from '../../../contract/index.ts';
import { words } from '../words/index.ts';
import type { Engine } from './engine.svelte.ts';
import type { Failure } from './failure.ts';
import { failureOf, FollowedJob, resultOf, type ResultOf } from './job.svelte.ts';

/** Jobs of the Lab belong to no project. */
const project = '';

/** One kind of the Lab's long work: what runs, whichever window began it, and why the last came to nothing. */
export class LabJob<Kind extends JobResult['kind']> {
  running = $state.raw<FollowedJob | null>(null);
  failed = $state.raw<{ job: Job; failure: Failure } | null>(null);
  readonly #engine: Engine;
  readonly #kind: Kind;
  readonly #ended: (result: ResultOf<Kind> | null) => unknown;

  /** `ended` is told what came of the work, null where nothing did; until it is through the work counts as running. */
  constructor(engine: Engine, kind: Kind, ended: (result: ResultOf<Kind> | null) => unknown) {
    this.#engine = engine;
    this.#kind = kind;
    this.#ended = ended;
  }

  /** Follows work that goes on since before the page was opened. */
  async takeUp(): Promise<void> {
    const jobs = await this.#engine.persist((client) => client.listJobs({ project }));
    const job = jobs.find(({ kind, state }) => kind === this.#kind && state === 'running');
    if (job && !this.running) void this.follow(job);
  }

  /** Follows work to its end. */
  async follow(job: Job): Promise<void> {
    this.failed = null;
    const running = new FollowedJob(this.#engine, job);
    this.running = running;
    try {
      const end = await running.follow();
      // Nothing goes on by itself: from scratch there is nothing to go on from.
      const failure = end ? failureOf(end) : words.lab.engineStopped;
      if (failure) this.failed = { job, failure };
      await this.#ended(resultOf(end, this.#kind));
    } finally {
      this.running = null;
    }
  }
}
