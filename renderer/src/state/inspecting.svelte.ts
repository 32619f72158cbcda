import type {
  Dtype,
  ImageShape,
  InspectInput,
  Inspection,
  NetworkInfo,
  Remedy,
} from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';

/** The exercise of the course: three convolutional layers on RGB images of 200 × 300, and a batch of 50. */
export const exercise = {
  layers: 'conv 100 3x3/2 same, conv 200 3x3/2 same, conv 400 3x3/2 same',
  input: [200, 300, 3] satisfies ImageShape,
  batch: 50,
};

const pauseWhileTyping = 250; // milliseconds

/** A network under inspection: what is asked, and the newest answer. Answers are kept while other screens show. */
export class Inspecting {
  networks = $state.raw<NetworkInfo[]>([]);
  /** Id of a network; null for layers that a person wrote. */
  network = $state.raw<string | null>(null);
  layers = $state.raw(exercise.layers);
  input = $state.raw<ImageShape>(exercise.input);
  batch = $state.raw(exercise.batch);
  dtype = $state.raw<Dtype>('float32');
  remedies = $state.raw<Remedy[]>([]);
  inspection = $state.raw<Inspection | null>(null);
  failure = $state.raw<Failure | null>(null);
  asking = $state.raw(false);
  readonly #engine: Engine;
  #asked = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async load(): Promise<void> {
    if (!this.inspection) void this.ask();
    this.networks = await this.#engine.persist((client) => client.listNetworks());
  }

  /** Changes the question and asks it; after a pause where more keys may follow. */
  change(
    changes: Partial<Pick<Inspecting, 'layers' | 'input' | 'batch' | 'dtype' | 'remedies'>>,
    typing = false,
  ): void {
    Object.assign(this, changes);
    clearTimeout(this.#pause);
    if (typing) this.#pause = setTimeout(() => void this.ask(), pauseWhileTyping);
    else void this.ask();
  }

  /** Inspects a network as it was published, or with null the layers that were written. */
  choose(network: string | null): void {
    const input = this.networks.find(({ id }) => id === network)?.input;
    this.network = network;
    this.change({ input: input ?? this.input, remedies: [] });
  }

  /** Takes the network's layers as text, to be changed. */
  write(layers: string): void {
    this.network = null;
    this.change({ layers, remedies: [] });
  }

  showExercise(): void {
    this.network = null;
    this.change({ ...exercise, dtype: 'float32', remedies: [] });
  }

  toggle(remedy: Remedy): void {
    const others = this.remedies.filter((each) => each !== remedy);
    this.change({ remedies: others.length < this.remedies.length ? others : [...others, remedy] });
  }

  async ask(): Promise<void> {
    const turn = ++this.#asked;
    const { network, layers, input, batch, dtype, remedies } = this;
    const what = network === null ? { layers } : { network };
    const question: InspectInput = { ...what, input, batch, dtype, remedies };
    this.asking = true;
    try {
      const inspection = await this.#engine.persist((client) => client.inspectNetwork(question));
      if (turn !== this.#asked) return;
      this.inspection = inspection;
      this.failure = null;
    } catch (error) {
      if (turn === this.#asked) this.failure = toFailure(error);
    } finally {
      if (turn === this.#asked) this.asking = false;
    }
  }
}
