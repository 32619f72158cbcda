import type {
  BackboneInfo,
  Job,
  JobControl,
  Preset,
  Run,
  TrainingPlan,
  TrainSettings,
} from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { FollowedJob } from './job.svelte.ts';

/** Training of one project: what is planned, what runs, what was trained before. Follows on while other screens show. */
export class Training {
  preset = $state.raw<Preset>('balanced');
  /** What a person changed of the preset. */
  changes = $state.raw<Partial<TrainSettings>>({});
  plan = $state.raw<TrainingPlan | null>(null);
  /** Why nothing can be trained yet. */
  obstacle = $state.raw<Failure | null>(null);
  backbones = $state.raw<BackboneInfo[]>([]);
  runs = $state.raw<Run[]>([]);
  running = $state.raw<FollowedJob | null>(null);
  /** Why the last training came to nothing. */
  failure = $state.raw<Failure | null>(null);
  readonly #engine: Engine;
  readonly #project: string;
  readonly #trained: (accuracy: number) => void;

  /** `trained` is told when a model is done, also one that another window began. */
  constructor(engine: Engine, project: string, trained: (accuracy: number) => void) {
    this.#engine = engine;
    this.#project = project;
    this.#trained = trained;
  }

  /** What the chosen preset and the changes come to. */
  get settings(): TrainSettings | null {
    const preset = this.plan?.presets.find((each) => each.preset === this.preset);
    return preset ? { ...preset.settings, ...this.changes } : null;
  }

  /** The run that made the newest model. */
  get newest(): Run | null {
    return this.runs.find(({ state }) => state === 'finished') ?? null;
  }

  /** Reads plan and history, and takes up a training that goes on. */
  async load(): Promise<void> {
    const project = this.#project;
    const { client } = this.#engine;
    const [jobs, runs, backbones] = await Promise.all([
      client.listJobs({ project }),
      client.listRuns({ project }),
      client.listBackbones(),
    ]);
    this.runs = runs;
    this.backbones = backbones;
    const job = jobs.find(
      ({ kind, state }) => kind === 'train' && ['running', 'waiting', 'paused'].includes(state),
    );
    if (job && !this.running) void this.#follow(job);
    try {
      this.plan = await client.planTraining({ project });
      this.obstacle = null;
    } catch (error) {
      this.plan = null;
      this.obstacle = toFailure(error);
    }
  }

  async start(): Promise<void> {
    this.failure = null;
    const { preset, changes: settings } = this;
    await this.#follow(await this.#engine.client.startTraining({ project: this.#project, preset, settings }));
  }

  async control(action: JobControl): Promise<void> {
    await this.running?.control(action);
  }

  async #follow(job: Job): Promise<void> {
    const running = new FollowedJob(this.#engine, job);
    this.running = running;
    const { failure, trained } = await running.follow();
    this.running = null;
    this.failure = failure;
    await this.load();
    if (trained) this.#trained(trained.test.accuracy);
  }
}
