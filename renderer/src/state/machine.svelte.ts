import type { DoctorReport } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { Work } from './work.svelte.ts';

/** What the app runs on. A download goes on while other screens show. */
export class Machine {
  report = $state.raw<DoctorReport | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The backbone whose weights are being fetched, or whose last fetching failed. */
  fetching = $state.raw<string | null>(null);
  running = $state.raw<Work | null>(null);
  fetchFailure = $state.raw<Failure | null>(null);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async load(): Promise<void> {
    try {
      this.report = await this.#engine.persist((client) => client.doctor());
      this.failure = null;
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Fetches the weights of a backbone, or takes them from a Keras file, and looks at the machine again. */
  async add(backbone: string, file?: string): Promise<void> {
    const work = new Work();
    this.running = work;
    this.fetching = backbone;
    this.fetchFailure = null;
    try {
      await work.follow((signal) => this.#engine.client.addBackbone({ backbone, file }, { signal }));
    } catch (error) {
      this.fetchFailure = toFailure(error);
    } finally {
      this.running = null;
    }
    await this.load();
  }
}
