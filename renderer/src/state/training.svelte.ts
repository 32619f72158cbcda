import type {
  BackboneInfo,
  Job,
  JobControl,
  JobEnd,
  Preset,
  Run,
  TrainingPlan,
  TrainSettings,
} from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { words } from '../words/index.ts';
import { failureOf, FollowedJob, resultOf } from './job.svelte.ts';

/** Restarts of the engine over a training that bring it no further before it is given up. */
const mostIdleRestarts = 2;

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

  /** Reads the history, and takes up a training that goes on. */
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
    const job = jobs.find(isUnderWay);
    if (job && !this.running) void this.#follow(job);
  }

  /** Reads what would be trained, which loads TensorFlow. */
  async readPlan(): Promise<void> {
    try {
      this.plan = await this.#engine.client.planTraining({ project: this.#project });
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

  /** A training that was broken off; begun again it goes on where it was. */
  get brokenOff(): Run | null {
    const [newest] = this.runs;
    return !this.running && newest?.state === 'running' ? newest : null;
  }

  /** Goes on with what was broken off. */
  async goOn(): Promise<void> {
    this.failure = null;
    await this.#follow(await this.#takeUp());
  }

  async control(action: JobControl): Promise<void> {
    await this.running?.control(action);
  }

  /** Follows a training to its end. When the engine stops over it, it goes on in the next one, unless it comes no further. */
  async #follow(job: Job): Promise<void> {
    let end: JobEnd | null = null;
    let next: Job | null = job;
    this.failure = null;
    try {
      for (let idle = 0, given = 0; next;) {
        const running: FollowedJob = new FollowedJob(this.#engine, next);
        this.running = running;
        end = await running.follow();
        if (end || running.state === 'paused') break;
        // An engine that did no epoch may have died for want of memory; the next one tries with less, and says so.
        const steps = running.notices.filter(({ code }) => code.startsWith('LESS_')).length;
        idle = running.epochs.length > 0 || steps > given ? 0 : idle + 1;
        given = steps;
        next = idle > mostIdleRestarts ? null : await this.#takeUp();
      }
      this.failure = next ? failureOf(end) : words.train.stoppedAgain;
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.running = null;
    }
    await this.load();
    if (this.plan) await this.readPlan();
    const trained = resultOf(end, 'train')?.trained;
    if (trained) this.#trained(trained.test.accuracy);
  }

  /** The training that runs, begun again if need be: the newest run that has no end, else what is chosen here. */
  async #takeUp(): Promise<Job> {
    const project = this.#project;
    const jobs = await this.#engine.persist((client) => client.listJobs({ project }));
    const running = jobs.find(isUnderWay);
    if (running) return running;
    const [newest] = await this.#engine.persist((client) => client.listRuns({ project }));
    const settings = newest?.state === 'running' ? newest.settings : this.changes;
    const { preset } = this;
    return this.#engine.persist((client) => client.startTraining({ project, preset, settings }));
  }
}

const isUnderWay = ({ kind, state }: Job): boolean =>
  kind === 'train' && (state === 'running' || state === 'paused');
