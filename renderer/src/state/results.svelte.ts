import type { RunResults } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';

export type JudgedPhoto = RunResults['answers'][number];

/** The verdict on one run, and on the finished run before it. */
export class Results {
  now = $state.raw<RunResults | null>(null);
  before = $state.raw<RunResults | null>(null);
  /** Why there are none. */
  failure = $state.raw<Failure | null>(null);
  /** Mistakes that a person looked at and let stand. */
  kept = $state.raw<ReadonlySet<string>>(new Set());
  readonly #engine: Engine;
  readonly #project: string;

  constructor(engine: Engine, project: string) {
    this.#engine = engine;
    this.#project = project;
  }

  /** Reads the results of a run, or of the newest. */
  async load(run: string | null): Promise<void> {
    const project = this.#project;
    try {
      this.now = await this.#engine.client.readRun({ project, ...(run === null ? {} : { run }) });
      this.failure = null;
    } catch (error) {
      this.now = null;
      this.failure = toFailure(error);
      return;
    }
    const runs = await this.#engine.client.listRuns({ project });
    const place = runs.findIndex(({ runId }) => runId === this.now?.run.runId);
    const before = runs.slice(place + 1).find(({ test }) => test !== null);
    this.before = before ? await this.#engine.client.readRun({ project, run: before.runId }) : null;
  }

  /** Wrong answers, the surest first, without those that were dealt with. */
  get mistakes(): JudgedPhoto[] {
    return (this.now?.answers ?? [])
      .filter(({ photo, label, predicted }) => predicted !== label && !this.kept.has(photo))
      .filter((answer) => !changedSince(answer))
      .toSorted((a, b) => b.probability - a.probability);
  }

  /** Test photos whose label is another than the one they were judged by. */
  get relabelled(): JudgedPhoto[] {
    return (this.now?.answers ?? []).filter(changedSince);
  }

  /** The photos of one cell of the confusion matrix. */
  cell(label: string, predicted: string): JudgedPhoto[] {
    return (this.now?.answers ?? []).filter(
      (answer) => answer.label === label && answer.predicted === predicted,
    );
  }

  keep(photo: string): void {
    this.kept = new Set([...this.kept, photo]);
  }

  /** Notes here what was changed in the library. */
  change(photo: string, change: Partial<Pick<JudgedPhoto, 'labelNow' | 'excluded'>>): void {
    if (!this.now) return;
    const answers = this.now.answers.map((answer) =>
      answer.photo === photo ? { ...answer, ...change } : answer,
    );
    this.now = { ...this.now, answers };
  }
}

/** Whether a photo was relabelled or excluded after it was judged. */
export const changedSince = ({ label, labelNow, excluded }: JudgedPhoto): boolean =>
  excluded || labelNow !== label;
