import type { DoctorReport, StorageReport } from '../../../contract/index.ts';
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
  storage = $state.raw<StorageReport | null>(null);
  storageFailure = $state.raw<Failure | null>(null);
  /** A runtime that is on its way, what came of the last one. */
  installing = $state.raw<Work | null>(null);
  installed = $state.raw<string | null>(null);
  installFailure = $state.raw<Failure | null>(null);
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

  async loadStorage(): Promise<void> {
    this.storage = await this.#engine.persist((client) => client.readStorage());
  }

  /** Clears the caches of projects, and those of all; gives the bytes that are free now, null when it failed. */
  async clear(projects: string[], shared: boolean): Promise<number | null> {
    this.storageFailure = null;
    try {
      const { freedBytes } = await this.#engine.client.clearCaches({ projects, shared });
      return freedBytes;
    } catch (error) {
      this.storageFailure = toFailure(error);
      return null;
    } finally {
      await this.loadStorage();
    }
  }

  /** Installs native TensorFlow, or the one for the GPU; it is used from the next start on. */
  async install(gpu: boolean): Promise<void> {
    const work = new Work();
    this.installing = work;
    this.installed = this.installFailure = null;
    try {
      const { said } = await work.follow((signal) => this.#engine.client.installRuntime({ gpu }, { signal }));
      this.installed = said;
    } catch (error) {
      this.installFailure = toFailure(error);
    } finally {
      this.installing = null;
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
