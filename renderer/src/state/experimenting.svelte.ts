import type {
  ExperimentId,
  ExperimentInfo,
  ExperimentResult,
  ExperimentStep,
  Measured,
  RunExperimentInput,
} from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { Work } from './work.svelte.ts';

/** An experiment while it runs: where it stands, and what it has found so far. */
export class RunningExperiment {
  readonly input: RunExperimentInput;
  readonly work = new Work();
  step = $state.raw<ExperimentStep | null>(null);
  measured = $state.raw<Measured[]>([]);

  constructor(input: RunExperimentInput) {
    this.input = input;
  }

  take(event: ExperimentStep | Measured): void {
    if (event.kind === 'trial') this.step = event;
    else this.measured = [...this.measured, event];
  }
}

/** The experiments of the Lab, what came of them, and the one that runs. It goes on while other screens show. */
export class Experimenting {
  infos = $state.raw<ExperimentInfo[]>([]);
  results = $state.raw<ReadonlyMap<ExperimentId, ExperimentResult>>(new Map());
  running = $state.raw<RunningExperiment | null>(null);
  failed = $state.raw<{ id: ExperimentId; failure: Failure } | null>(null);
  loadFailure = $state.raw<Failure | null>(null);
  /** How the next one is run. */
  seeds = $state.raw(3);
  full = $state.raw(false);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async load(): Promise<void> {
    this.loadFailure = null;
    try {
      const [infos, results] = await this.#engine.persist((client) =>
        Promise.all([client.listExperiments(), client.readExperiments()]),
      );
      this.infos = infos;
      this.results = new Map(results.map((result) => [result.id, result]));
    } catch (error) {
      this.loadFailure = toFailure(error);
    }
  }

  /** Runs an experiment; on photos on those of a project, or on the sample's. What came of it before stays until it is done. */
  async run(id: ExperimentId, photos: string | null): Promise<void> {
    if (this.running) return;
    const { seeds, full } = this;
    const running = new RunningExperiment({ id, seeds, full: full && photos === null, photos });
    this.running = running;
    this.failed = null;
    try {
      const result = await running.work.follow(
        (signal) => this.#engine.client.runExperiment(running.input, { signal }),
        (event: ExperimentStep | Measured) => running.take(event),
      );
      this.results = new Map([...this.results, [id, result]]);
    } catch (error) {
      const failure = toFailure(error);
      if (failure) this.failed = { id, failure };
    } finally {
      this.running = null;
    }
  }

  cancel(): void {
    this.running?.work.cancel();
  }
}
