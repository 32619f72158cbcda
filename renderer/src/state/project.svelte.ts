import type { ProjectChange, ProjectSummary } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';

/** The open project: its summary, kept true by what the engine tells, and the verbs that change it as a whole. */
export class Project {
  summary = $state.raw<ProjectSummary>() as ProjectSummary;
  readonly #engine: Engine;
  readonly #closed = new AbortController();

  constructor(engine: Engine, summary: ProjectSummary) {
    this.#engine = engine;
    this.summary = summary;
  }

  get folder(): string {
    return this.summary.project;
  }

  /** Follows changes made here or elsewhere until `close`, over restarts of the engine; says when the project is gone. */
  async watch(changed: (change: ProjectChange) => unknown, gone: (failure: Failure) => void): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      try {
        const changes = await this.#engine.client.watchProject({ project: this.folder }, { signal });
        for await (const change of changes) {
          this.summary = change.summary;
          changed(change);
        }
      } catch (error) {
        const failure = toFailure(error);
        if (failure?.code === 'NOT_FOUND' && !signal.aborted) return gone(failure);
        // Else the engine stopped; a new one is on its way, and it starts with the whole state.
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  close(): void {
    this.#closed.abort();
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
