import type {
  JobControl,
  LabData,
  LabNetwork,
  LabRecipe,
  LabSettings,
  LabTrainResult,
  NetworkInfo,
} from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import type { Failure } from './failure.ts';
import type { FollowedJob } from './job.svelte.ts';
import { LabJob } from './lab-job.svelte.ts';

/** What a person may change of a recipe; the command line knows more. */
export type LabChanges = Partial<Pick<LabSettings, 'epochs' | 'limit' | 'seed' | 'augment'>>;

/** Training a network from scratch: what is chosen, what runs, what is kept. Follows on while other screens show. */
export class LabTraining {
  networks = $state.raw<NetworkInfo[]>([]);
  recipes = $state.raw<LabRecipe[]>([]);
  /** Null before they have been read. */
  kept = $state.raw<LabNetwork[] | null>(null);
  network = $state.raw('lenet-5');
  data = $state.raw<LabData>({ kind: 'mnist' });
  changes = $state.raw<LabChanges>({});
  /** Epochs that the running training was asked for; null when another window asked. */
  planned = $state.raw<number | null>(null);
  /** The kept network whose result is shown. */
  shown = $state.raw<LabTrainResult | null>(null);
  readonly #engine: Engine;
  readonly #work: LabJob<'lab'>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#work = new LabJob(engine, 'lab', async (result) => {
      this.shown = result?.network ?? null;
      this.planned = null;
      await this.#readKept();
    });
  }

  get running(): FollowedJob | null {
    return this.#work.running;
  }

  /** Why the last training came to nothing. */
  get failure(): Failure | null {
    return this.#work.failed?.failure ?? null;
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
    const [networks, recipes] = await this.#engine.persist((client) =>
      Promise.all([client.listNetworks(), client.listLabRecipes()]),
    );
    this.networks = networks;
    this.recipes = recipes;
    await this.#readKept();
    await this.#work.takeUp();
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
    const job = await this.#engine.client.startLabTraining({ network, data, settings });
    this.planned = this.settings?.epochs ?? null;
    await this.#work.follow(job);
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
}
