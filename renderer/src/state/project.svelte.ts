import type { ProjectSummary } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { Exporting } from './exporting.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { Importing } from './importing.svelte.ts';
import type { Notes } from './notes.svelte.ts';
import { Photos } from './photos.svelte.ts';
import { Predicting } from './predicting.svelte.ts';
import { Training } from './training.svelte.ts';

/** The colour of what is no label, or none any more. */
const noColour = 9;

/** The open project: its summary, kept true by what the engine tells, its parts, and the verbs that change it as a whole. */
export class Project {
  summary = $state.raw<ProjectSummary>() as ProjectSummary;
  readonly photos: Photos;
  readonly importing: Importing;
  readonly training: Training;
  readonly predicting: Predicting;
  readonly exporting: Exporting;
  readonly #engine: Engine;
  readonly #notes: Notes;
  readonly #closed = new AbortController();

  /** `trained` is told when a model is done, also one that another window began. */
  constructor(engine: Engine, notes: Notes, summary: ProjectSummary, trained: (accuracy: number) => void) {
    const { project } = summary;
    this.#engine = engine;
    this.#notes = notes;
    this.summary = summary;
    this.photos = new Photos(engine, project);
    this.importing = new Importing(engine, notes, this.photos, project);
    this.training = new Training(engine, project, trained);
    this.predicting = new Predicting(engine, project);
    this.exporting = new Exporting(engine, project);
  }

  get folder(): string {
    return this.summary.project;
  }

  /** The number of a label's colour. */
  colourOf(label: string): number {
    return this.summary.labels.find(({ name }) => name === label)?.colour ?? noColour;
  }

  /** Follows changes made here or elsewhere until `close`, over restarts of the engine; says when the project is gone. */
  async watch(gone: (failure: Failure) => void): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      try {
        const changes = await this.#engine.client.watchProject({ project: this.folder }, { signal });
        for await (const change of changes) {
          this.summary = change.summary;
          void this.photos.follow(change).catch((error: unknown) => this.#notes.threw(error));
        }
      } catch (error) {
        const failure = toFailure(error);
        if (failure?.code === 'NOT_FOUND' && !signal.aborted) return gone(failure);
        // Else the engine stopped; a new one is on its way, and it starts with the whole state.
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** Nobody looks at it any more; what is on its way into it goes on. */
  close(): void {
    this.#closed.abort();
    this.predicting.close();
  }

  async rename(name: string): Promise<void> {
    this.summary = await this.#engine.client.renameProject({ project: this.folder, name });
  }

  async createLabel(name: string): Promise<void> {
    this.summary = await this.#engine.client.createLabel({ project: this.folder, label: name });
  }

  async renameLabel(label: string, to: string): Promise<void> {
    this.summary = await this.#engine.client.renameLabel({ project: this.folder, label, to });
  }

  async mergeLabels(from: string, into: string): Promise<void> {
    this.summary = await this.#engine.client.mergeLabels({ project: this.folder, from, into });
  }

  async deleteLabel(label: string): Promise<void> {
    this.summary = await this.#engine.client.deleteLabel({ project: this.folder, label });
  }

  /** Gives what was undone, in words, or null when there was nothing. */
  async undo(): Promise<string | null> {
    return (await this.#engine.client.undo({ project: this.folder })).undone;
  }

  async redo(): Promise<string | null> {
    return (await this.#engine.client.redo({ project: this.folder })).redone;
  }
}
