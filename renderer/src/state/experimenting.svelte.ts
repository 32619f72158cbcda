import type { ExperimentId, ExperimentInfo, ExperimentResult, Job } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import type { FollowedJob } from './job.svelte.ts';
import { LabJob } from './lab-job.svelte.ts';

/** The experiments of the Lab, what came of them, and the one that runs. It goes on while other screens show. */
export class Experimenting {
  infos = $state.raw<ExperimentInfo[]>([]);
  results = $state.raw<ReadonlyMap<ExperimentId, ExperimentResult>>(new Map());
  loadFailure = $state.raw<Failure | null>(null);
  /** How the next one is run. */
  seeds = $state.raw(3);
  full = $state.raw(false);
  readonly #engine: Engine;
  readonly #work: LabJob<'experiment'>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#work = new LabJob(engine, 'experiment', (result) => {
      if (result) this.results = new Map([...this.results, [result.experiment.id, result.experiment]]);
    });
  }

  /** The one that runs; its job's title is its id. */
  get running(): FollowedJob | null {
    return this.#work.running;
  }

  /** Why the last one came to nothing. */
  get failed(): { job: Job; failure: Failure } | null {
    return this.#work.failed;
  }

  /** Reads which there are and what came of them, and takes up one that goes on. */
  async load(): Promise<void> {
    this.loadFailure = null;
    try {
      const [infos, results] = await this.#engine.persist((client) =>
        Promise.all([client.listExperiments(), client.readExperiments()]),
      );
      this.infos = infos;
      this.results = new Map(results.map((result) => [result.id, result]));
      await this.#work.takeUp();
    } catch (error) {
      this.loadFailure = toFailure(error);
    }
  }

  /** Runs an experiment; on photos on those of a project, or on the sample's. What came of it before stays until it is done. */
  async run(id: ExperimentId, photos: string | null): Promise<void> {
    const { seeds, full } = this;
    const input = { id, seeds, full: full && photos === null, photos };
    await this.#work.follow(await this.#engine.client.startExperiment(input));
  }

  async cancel(): Promise<void> {
    await this.running?.control('cancel');
  }
}
