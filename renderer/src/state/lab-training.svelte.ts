import type {
  Job,
  JobControl,
  LabData,
  LabNetwork,
  LabRecipe,
  LabSettings,
  LabTrainResult,
  NetworkInfo,
} from '../../../contract/index.ts';
import { words } from '../words/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { failureOf, FollowedJob, resultOf } from './job.svelte.ts';

/** Jobs of the Lab belong to no project. */
const project = '';

/** What a person may change of a recipe; the command line knows more. */
export type LabChanges = Partial<Pick<LabSettings, 'epochs' | 'limit' | 'seed' | 'augment'>>;

/** Training a network from scratch: what is chosen, what runs, what is kept. Follows on while other screens show. */
export class LabTraining {
  networks = $state.raw<NetworkInfo[]>([]);
  recipes = $state.raw<LabRecipe[]>([]);
  kept = $state.raw<LabNetwork[]>([]);
  network = $state.raw('lenet-5');
  data = $state.raw<LabData>({ kind: 'mnist' });
  changes = $state.raw<LabChanges>({});
  running = $state.raw<FollowedJob | null>(null);
  /** Epochs that the running training was asked for; null when another window asked. */
  planned = $state.raw<number | null>(null);
  /** Why the last training came to nothing. */
  failure = $state.raw<Failure | null>(null);
  /** The kept network whose result is shown. */
  shown = $state.raw<LabTrainResult | null>(null);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** What the chosen network is trained with. Null before the recipes are here. */
  get settings(): LabSettings | null {
    const recipe = this.recipes.find(({ network }) => network === this.network);
    return recipe ? { ...recipe[this.data.kind], ...this.changes } : null;
  }

  nameOf(network: string): string {
    return this.networks.find(({ id }) => id === network)?.name ?? network;
  }

  /** Reads what can be trained and what is kept, and takes up a training that goes on. */
  async load(): Promise<void> {
    const [networks, recipes, jobs] = await this.#engine.persist((client) =>
      Promise.all([client.listNetworks(), client.listLabRecipes(), client.listJobs({ project })]),
    );
    this.networks = networks;
    this.recipes = recipes;
    await this.#readKept();
    const job = jobs.find(({ kind, state }) => kind === 'lab' && state === 'running');
    if (job && !this.running) void this.#follow(job);
  }

  /** Another network or other data: a recipe of its own, so that what was changed is forgotten. */
  choose(what: Partial<Pick<LabTraining, 'network' | 'data'>>): void {
    Object.assign(this, what);
    this.changes = {};
  }

  change(changes: LabChanges): void {
    this.changes = { ...this.changes, ...changes };
  }

  async start(): Promise<void> {
    const { network, data, changes: settings } = this;
    this.shown = null;
    this.planned = this.settings?.epochs ?? null;
    await this.#follow(await this.#engine.client.startLabTraining({ network, data, settings }));
  }

  async control(action: JobControl): Promise<void> {
    await this.running?.control(action);
  }

  async show(id: string): Promise<void> {
    this.shown = await this.#engine.persist((client) => client.readLabNetwork({ id }));
  }

  async remove(id: string): Promise<void> {
    await this.#engine.client.deleteLabNetwork({ id });
    if (this.shown?.id === id) this.shown = null;
    await this.#readKept();
  }

  async #readKept(): Promise<void> {
    this.kept = await this.#engine.persist((client) => client.listLabNetworks());
  }

  async #follow(job: Job): Promise<void> {
    this.failure = null;
    try {
      const running = new FollowedJob(this.#engine, job);
      this.running = running;
      const end = await running.follow();
      // Nothing goes on by itself: from scratch there is nothing to go on from.
      this.failure = end ? failureOf(end) : words.lab.train.engineStopped;
      this.shown = resultOf(end, 'lab')?.network ?? null;
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.running = null;
      this.planned = null;
    }
    await this.#readKept();
  }
}
