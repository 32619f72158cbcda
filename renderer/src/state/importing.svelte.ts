import type { ImportResult, Job } from '../../../contract/index.ts';
import type { Dropped } from '../shell/shell.ts';
import { words } from '../words/index.ts';
import { Adding } from './adding.svelte.ts';
import type { App } from './app.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { failureOf, resultOf } from './job.svelte.ts';
import { lastName } from './last-name.ts';
import type { Note } from './notes.svelte.ts';
import type { Project } from './project.svelte.ts';

const namedFolders = 3;

/** Brings photos into the open project, or into a new one that is named after them. */
export class Importing {
  /** What is on its way now. */
  now = $state.raw<Adding | null>(null);
  /** Why a new project came to nothing. */
  failure = $state.raw<Failure | null>(null);
  readonly #app: App;
  /** The note about the last adding that failed; the next one makes it old. */
  #failed: number | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  async addDropped(dropped: Dropped): Promise<void> {
    await this.#add(dropped.names, (key, adding) =>
      dropped.bring(key, (done, total) => adding.copied(done, total), adding.signal),
    );
  }

  async addFolders(folders: string[]): Promise<void> {
    if (folders.length) await this.#add(folders.map(lastName), () => Promise.resolve(folders));
  }

  async chooseFolders(): Promise<void> {
    await this.addFolders(await this.#app.askForFolders('add'));
  }

  async openSample(): Promise<void> {
    const { engine, recent } = this.#app;
    await this.#app.attempt(async () => {
      const { folders } = await engine.client.samplePhotos();
      const known = recent?.find(({ name }) => name === words.start.sampleName);
      if (known) await this.#app.open(known.project);
      else await this.#add(folders.map(lastName), () => Promise.resolve(folders), words.start.sampleName);
    });
  }

  async createEmpty(): Promise<void> {
    const { engine } = this.#app;
    const name = words.start.untitled;
    await this.#app.attempt(async () => this.#app.enter(await engine.client.createProject({ name })));
  }

  /** Takes up an import of this project that goes on since before the window was opened, or that was broken off then. */
  async resume(project: string): Promise<void> {
    const { engine, notes } = this.#app;
    const job = await engine.client.resumeImport({ project });
    if (!job) return;
    void this.#follow(new Adding(engine, [job.title]), () => Promise.resolve(job)).then(
      (failure) => failure && notes.failed(failure),
    );
  }

  /** The project was closed; what is on its way goes on unseen. */
  forget(): void {
    this.now = null;
  }

  async #add(
    names: string[],
    bring: (key: string, adding: Adding) => Promise<string[]>,
    name = projectName(names),
  ): Promise<void> {
    const app = this.#app;
    this.failure = null;
    if (this.#failed !== null) app.notes.dismiss(this.#failed);
    await app.attempt(async () => {
      const isNew = app.project === null;
      const project = app.project ?? app.enter(await app.engine.client.createProject({ name }));
      app.go('photos');
      const adding = new Adding(app.engine, names);
      const failure = await this.#follow(adding, async () => {
        const folders = await bring(project.summary.key, adding);
        return app.engine.persist((client) => client.startImport({ project: project.folder, folders }));
      });
      if (isNew && (await this.#discardEmpty(project))) this.failure = failure;
      else if (failure) this.#failed = app.notes.failed(failure);
    });
  }

  /** A new project that no photo came into is no project: it would only stand in the list. */
  async #discardEmpty(project: Project): Promise<boolean> {
    const app = this.#app;
    const now = await app.engine.client.openProject({ project: project.folder });
    if (now.photos + now.excluded + now.labels.length > 0) return false;
    if (app.project === project) app.close();
    await app.engine.client.deleteProject({ project: project.folder });
    await app.listRecent();
    return true;
  }

  /** Follows an import to its end; gives why it failed, if it did. */
  async #follow(adding: Adding, start: () => Promise<Job>): Promise<Failure | null> {
    this.now = adding;
    try {
      const end = await adding.run(start);
      const imported = resultOf(end, 'import')?.imported;
      if (imported) this.#app.notes.imported(imported, this.#offerLabel(imported));
      return failureOf(end);
    } catch (error) {
      return toFailure(error);
    } finally {
      if (this.now === adding) this.now = null;
    }
  }

  /** A flat folder that came alone may have the name of its label; whether it has, only the person knows. */
  #offerLabel({ suggestedLabel, imported }: ImportResult): Note['action'] {
    const { photos } = this.#app;
    if (suggestedLabel === null || imported === 0 || !photos) return null;
    return {
      label: words.adding.labelAll(suggestedLabel),
      run: () => void this.#app.attempt(() => photos.labelNewest(imported, suggestedLabel)),
    };
  }
}

/** A project is called after what was put into it first: "beach, city, forest". */
const projectName = (names: string[]): string =>
  names.length > 0
    ? words.start.projectName(names.slice(0, namedFolders), names.length - namedFolders)
    : words.start.untitled;
