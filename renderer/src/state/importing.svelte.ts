import type { ImportResult, Job } from '../../../contract/index.ts';
import { words } from '../words/index.ts';
import { Adding } from './adding.svelte.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { failureOf, resultOf } from './job.svelte.ts';
import type { Note, Notes } from './notes.svelte.ts';
import type { Photos } from './photos.svelte.ts';

/** Brings photos into one project. Goes on while other screens show, and unseen when another project is opened. */
export class Importing {
  /** What is on its way now. */
  now = $state.raw<Adding | null>(null);
  readonly #engine: Engine;
  readonly #notes: Notes;
  readonly #photos: Photos;
  readonly #project: string;

  constructor(engine: Engine, notes: Notes, photos: Photos, project: string) {
    this.#engine = engine;
    this.#notes = notes;
    this.#photos = photos;
    this.#project = project;
  }

  /** Imports the folders that `bring` gives, once it has them; gives why that failed, if it did. */
  async add(names: string[], bring: (adding: Adding) => Promise<string[]>): Promise<Failure | null> {
    const adding = new Adding(this.#engine, names);
    return this.#follow(adding, async () => {
      const folders = await bring(adding);
      return this.#engine.persist((client) => client.startImport({ project: this.#project, folders }));
    });
  }

  /** Takes up an import that goes on since before the window was opened, or that was broken off then. */
  async resume(): Promise<void> {
    const job = await this.#engine.client.resumeImport({ project: this.#project });
    if (!job) return;
    void this.#follow(new Adding(this.#engine, [job.title]), () => Promise.resolve(job)).then(
      (failure) => failure && this.#notes.failed(failure),
    );
  }

  /** Follows an import to its end; gives why it failed, if it did. */
  async #follow(adding: Adding, start: () => Promise<Job>): Promise<Failure | null> {
    this.now = adding;
    try {
      const end = await adding.run(start);
      const imported = resultOf(end, 'import')?.imported;
      if (imported) this.#notes.imported(imported, this.#offerLabel(imported));
      return failureOf(end);
    } catch (error) {
      return toFailure(error);
    } finally {
      if (this.now === adding) this.now = null;
    }
  }

  /** A flat folder that came alone may have the name of its label; whether it has, only the person knows. */
  #offerLabel({ suggestedLabel, imported }: ImportResult): Note['action'] {
    if (suggestedLabel === null || imported === 0) return null;
    const label = () => this.#photos.labelNewest(imported, suggestedLabel);
    return {
      label: words.adding.labelAll(suggestedLabel),
      run: () => void label().catch((error: unknown) => this.#notes.threw(error)),
    };
  }
}
