import type { RunResults } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';

/** A photo that judged a run, or that was learned from and answered out of fold. */
export type JudgedPhoto =
  RunResults['answers'][number] | NonNullable<RunResults['learned']>['mistakes'][number];

/** Which test photos are looked at instead of all mistakes. */
export type Chosen =
  | { kind: 'cell'; label: string; predicted: string }
  /** Relabelled or left out since the run; relabelled before it, after an earlier run had answered them. */
  | { kind: 'since' }
  | { kind: 'before' };

/** The verdict on one run. */
export class Results {
  now = $state.raw<RunResults | null>(null);
  /** Why there are none. */
  failure = $state.raw<Failure | null>(null);
  /** Photos that were dealt with here: they keep their place. */
  #touched: ReadonlySet<string> = new Set();
  readonly #engine: Engine;
  readonly #project: string;
  #reading = 0;

  constructor(engine: Engine, project: string) {
    this.#engine = engine;
    this.#project = project;
  }

  /** Reads the results of a run, or of the newest; of several readings the last one counts. */
  async load(run: string | null): Promise<void> {
    const reading = ++this.#reading;
    const project = this.#project;
    let now: RunResults | null = null;
    let failure: Failure | null = null;
    try {
      now = await this.#engine.client.readRun({ project, ...(run === null ? {} : { run }) });
    } catch (error) {
      failure = toFailure(error);
    }
    if (reading !== this.#reading) return;
    this.now = now;
    this.failure = failure;
  }

  /** Wrong answers on test photos, the surest first; those confirmed some other time come last. */
  get mistakes(): JudgedPhoto[] {
    return (this.now?.answers ?? [])
      .filter(({ label, predicted }) => predicted !== label)
      .toSorted(
        (a, b) => Number(this.#isSettled(a)) - Number(this.#isSettled(b)) || b.probability - a.probability,
      );
  }

  /** Photos that were learned from whose label is likely wrong, the likeliest first. */
  get suspects(): JudgedPhoto[] {
    return (this.now?.learned?.mistakes ?? []).filter((answer) => answer.suspect && !this.#isSettled(answer));
  }

  /** Photos that were learned from and answered wrongly, without being suspect; also those confirmed some other time. */
  get hard(): JudgedPhoto[] {
    return (this.now?.learned?.mistakes ?? []).filter((answer) => !answer.suspect || this.#isSettled(answer));
  }

  #isSettled({ photo, confirmed }: JudgedPhoto): boolean {
    return confirmed && !this.#touched.has(photo);
  }

  /** How many photos were relabelled or left out since the run: test photos, and those learned from. */
  get changed(): { test: number; learned: number } {
    const { answers = [], learned = null } = this.now ?? {};
    return {
      test: answers.filter(changedSince).length,
      learned: (learned?.mistakes ?? []).filter(changedSince).length,
    };
  }

  chosen(which: Chosen): JudgedPhoto[] {
    const answers = this.now?.answers ?? [];
    if (which.kind === 'since') return answers.filter(changedSince);
    if (which.kind === 'before') return answers.filter(({ labelBefore }) => labelBefore !== null);
    return answers.filter(({ label, predicted }) => label === which.label && predicted === which.predicted);
  }

  /** Says that a label is right, or takes that back. */
  async confirm(photo: string, confirmed: boolean): Promise<void> {
    this.change(photo, { confirmed });
    await this.#engine.client.confirmLabels({ project: this.#project, photos: [photo], confirmed });
    // What was read meanwhile may be from before.
    this.change(photo, { confirmed });
  }

  /** Notes here what was changed in the library. */
  change(photo: string, change: Partial<Pick<JudgedPhoto, 'labelNow' | 'excluded' | 'confirmed'>>): void {
    const { now } = this;
    if (!now) return;
    this.#touched = new Set([...this.#touched, photo]);
    const changed = <A extends { photo: string }>(answer: A): A =>
      answer.photo === photo ? { ...answer, ...change } : answer;
    const { learned } = now;
    this.now = {
      ...now,
      answers: now.answers.map(changed),
      learned: learned && { ...learned, mistakes: learned.mistakes.map(changed) },
    };
  }
}

/** Whether a person dealt with a photo: said that its label is right, relabelled it or left it out. */
export const isDealtWith = (answer: JudgedPhoto): boolean => answer.confirmed || changedSince(answer);

/** Whether a photo was relabelled or left out after it was judged. */
export const changedSince = ({ label, labelNow, excluded }: JudgedPhoto): boolean =>
  excluded || labelNow !== label;
