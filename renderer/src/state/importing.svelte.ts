import type { ImportResult, Job } from '../../../contract/index.ts';
import type { Dropped } from '../shell/shell.ts';
import { words } from '../words/index.ts';
import { Adding } from './adding.svelte.ts';
import type { App } from './app.svelte.ts';
import type { Note } from './notes.svelte.ts';

const namedFolders = 3;

/** Brings photos into the open project, or into a new one that is named after them. */
export class Importing {
  /** What is on its way now. */
  now = $state.raw<Adding | null>(null);
  readonly #app: App;

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

  /** Takes up an import of this project that goes on since before the window was opened. */
  async resume(project: string): Promise<void> {
    const jobs = await this.#app.engine.client.listJobs({ project });
    const running = jobs.find(
      ({ kind, state }) => kind === 'import' && (state === 'running' || state === 'waiting'),
    );
    if (running)
      void this.#follow(new Adding(this.#app.engine, [running.title]), () => Promise.resolve(running));
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
    await app.attempt(async () => {
      const project = app.project ?? app.enter(await app.engine.client.createProject({ name }));
      app.go('photos');
      const adding = new Adding(app.engine, names);
      await this.#follow(adding, async () => {
        const folders = await bring(project.summary.key, adding);
        return app.engine.client.startImport({ project: project.folder, folders });
      });
    });
  }

  async #follow(adding: Adding, start: () => Promise<Job>): Promise<void> {
    const { notes } = this.#app;
    this.now = adding;
    try {
      const end = await adding.run(start);
      if (end?.failure) notes.failed(end.failure);
      if (end?.imported) notes.imported(end.imported, this.#offerLabel(end.imported));
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

const lastName = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;

/** A project is called after what was put into it first: "beach, city, forest". */
const projectName = (names: string[]): string =>
  names.length > 0
    ? words.start.projectName(names.slice(0, namedFolders), names.length - namedFolders)
    : words.start.untitled;
