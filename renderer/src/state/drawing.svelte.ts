import type { DigitAnswer, LabNetwork, TestDigit } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import type { LabTraining } from './lab-training.svelte.ts';
import { NewestOnly } from './newest-only.ts';

const quickEpochs = 5;

/** Ink, `[side, side]` uint8: 255 is all of it. */
export interface Ink {
  side: number;
  values: Uint8Array;
}

/** A drawing, and what a network that was trained on digits makes of it while it is drawn. */
export class Drawing {
  /** What the page has to draw anew when the view is opened again. */
  ink: Ink | null = null;
  digits = $state.raw<readonly TestDigit[]>([]);
  answer = $state.raw<DigitAnswer | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** From the stroke to its answer. */
  milliseconds = $state.raw<number | null>(null);
  readonly training: LabTraining;
  /** Those that read digits, the newest first. */
  readonly networks: readonly LabNetwork[] = $derived.by(() =>
    (this.training.kept ?? []).filter(({ data }) => data.kind === 'mnist'),
  );
  /** The one that answers. */
  readonly network: LabNetwork | null = $derived.by(
    () => this.networks.find(({ id }) => id === this.#chosen) ?? this.networks[0] ?? null,
  );
  #chosen = $state.raw<string | null>(null);
  readonly #engine: Engine;
  readonly #newest = new NewestOnly();

  constructor(engine: Engine, training: LabTraining) {
    this.#engine = engine;
    this.training = training;
  }

  async load(): Promise<void> {
    await this.training.load();
    if (this.digits.length === 0) this.digits = await this.#engine.persist((client) => client.testDigits());
  }

  /** Trains the network that learns digits fastest, not as long as its recipe says: it is to be drawn with. */
  async trainFirst(): Promise<void> {
    this.training.choose({ network: 'lenet-5', data: { kind: 'mnist' } });
    this.training.change({ epochs: quickEpochs });
    await this.training.start();
  }

  choose(network: string): void {
    this.#chosen = network;
    if (this.ink) void this.look(this.ink);
  }

  /** Asks the network about what is drawn now. */
  async look(ink: Ink): Promise<void> {
    this.ink = ink;
    const began = performance.now();
    await this.#newest.do(() => this.#ask(ink, began));
  }

  clear(): void {
    this.ink = this.answer = this.failure = this.milliseconds = null;
  }

  async #ask({ side, values }: Ink, began: number): Promise<void> {
    const network = this.network?.id;
    if (network === undefined) return;
    const drawing = { height: side, width: side, values: values.toBase64() };
    try {
      const answer = await this.#engine.persist((client) => client.lookAtDigit({ network, drawing }));
      // It was wiped meanwhile.
      if (!this.ink) return;
      this.answer = answer;
      this.failure = null;
      this.milliseconds = performance.now() - began;
    } catch (error) {
      this.failure = toFailure(error);
    }
  }
}
