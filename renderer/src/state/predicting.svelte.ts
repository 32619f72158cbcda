import { z } from 'zod';
import type { Prediction, Skipped, SkippedEvent } from '../../../contract/index.ts';
import type { Dropped } from '../shell/shell.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { lastName } from './last-name.ts';
import { Sorting } from './sorting.svelte.ts';
import { Work } from './work.svelte.ts';

const millisecondsBetweenLooks = 100;

/** What was asked last, so that it can be asked again: also after a reload, which loses the answers. */
const Asked = z.object({
  /** For people. */
  names: z.array(z.string()),
  paths: z.array(z.string()),
  /** ISO 8601. */
  at: z.string(),
});
type Asked = z.infer<typeof Asked>;

/** What a project's newest model says of photos outside of the project. Goes on while other screens show. */
export class Predicting {
  answered = $state.raw<readonly Prediction[]>([]);
  skipped = $state.raw<readonly Skipped[]>([]);
  running = $state.raw<Work | null>(null);
  /** `copy` while a browser hands over what was dropped. */
  stage = $state.raw<'copy' | 'predict'>('predict');
  failure = $state.raw<Failure | null>(null);
  asked = $state.raw<Asked | null>(null);

  /** Which answers are shown: all or the doubtful ones, with one label, with at least this probability. */
  show = $state.raw<'all' | 'unsure' | 'skipped'>('all');
  label = $state.raw<string | null>(null);
  least = $state.raw(0);
  readonly shown = $derived.by(() =>
    this.answered.filter(({ unsure, predictions: [best] }) => {
      if (!best || (this.show === 'unsure' && !unsure)) return false;
      return (this.label === null || best.className === this.label) && best.probability >= this.least;
    }),
  );
  readonly unsure = $derived(this.answered.filter(({ unsure }) => unsure).length);

  readonly sorting: Sorting;
  readonly #engine: Engine;
  readonly #project: string;
  #dropped: Dropped | null = null;
  #untold: (Prediction | SkippedEvent)[] = [];
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: Engine, project: string) {
    this.#engine = engine;
    this.sorting = new Sorting(engine);
    this.#project = project;
    this.asked = Asked.nullable()
      .catch(null)
      .parse(JSON.parse(sessionStorage.getItem(this.#place) ?? 'null'));
  }

  get isEmpty(): boolean {
    return !this.running && !this.failure && this.answered.length + this.skipped.length === 0;
  }

  async predictDropped(dropped: Dropped): Promise<void> {
    this.close();
    await this.#run('copy', dropped.names, (work) => {
      this.#dropped = dropped;
      return dropped.bring(null, (done, total) => work.count('import', done, total), work.signal);
    });
  }

  /** Nobody looks at the answers any more: what a browser copied for them goes. */
  close(): void {
    this.running?.cancel();
    this.sorting.cancel();
    // What stays behind when the host can't be reached goes by itself after a day.
    void this.#dropped?.forget().catch(() => undefined);
    if (this.#dropped) this.#remember(null);
    this.#dropped = null;
  }

  async predict(paths: string[]): Promise<void> {
    if (paths.length === 0) return;
    this.close();
    await this.#run('predict', paths.map(lastName), () => Promise.resolve(paths));
  }

  /** Asks for the same photos once more, of what is the newest model by now. */
  async again(): Promise<void> {
    if (!this.asked) return;
    const { names, paths } = this.asked;
    this.running?.cancel();
    await this.#run('predict', names, () => Promise.resolve(paths));
  }

  /** After a restart of the engine: it is told of the files again, and pictures that could not be had are asked for once more. */
  async findAgain(): Promise<void> {
    const paths = this.asked?.paths;
    if (!paths || this.answered.length === 0) return;
    await this.#engine.persist((client) => client.findPhotos({ paths }));
    this.answered = this.answered.map((each) => ({ ...each }));
  }

  get #place(): string {
    return `predicted ${this.#project}`;
  }

  #remember(asked: Asked | null): void {
    this.asked = asked;
    if (asked) sessionStorage.setItem(this.#place, JSON.stringify(asked));
    else sessionStorage.removeItem(this.#place);
  }

  async #run(
    stage: 'copy' | 'predict',
    names: string[],
    bring: (work: Work) => Promise<string[]>,
  ): Promise<void> {
    this.sorting.reset();
    const work = new Work();
    this.running = work;
    this.stage = stage;
    this.failure = this.label = null;
    this.show = 'all';
    this.answered = [];
    this.skipped = [];
    this.#untold = [];
    try {
      const paths = await bring(work);
      this.#remember({ names, paths, at: new Date().toISOString() });
      this.stage = 'predict';
      work.progress = null;
      const input = { model: this.#project, paths };
      await work.follow(
        (signal) => this.#engine.client.predictPhotos(input, { signal }),
        (event) => this.running === work && this.#take(event),
      );
    } catch (error) {
      if (this.running === work) this.failure = toFailure(error);
    } finally {
      if (this.running === work) {
        this.#tell();
        this.running = null;
        // Why there is no answer is all there is to see.
        if (this.answered.length === 0 && this.skipped.length > 0) this.show = 'skipped';
      }
    }
  }

  /** Photos come by the hundred each second; the screen hears of them a few times. */
  #take(event: Prediction | SkippedEvent): void {
    this.#untold.push(event);
    this.#telling ??= setTimeout(() => this.#tell(), millisecondsBetweenLooks);
  }

  #tell(): void {
    this.answered = [...this.answered, ...this.#untold.filter((event) => event.kind === 'prediction')];
    this.skipped = [...this.skipped, ...this.#untold.filter((event) => event.kind === 'skipped')];
    this.#untold = [];
    clearTimeout(this.#telling);
    this.#telling = undefined;
  }
}
