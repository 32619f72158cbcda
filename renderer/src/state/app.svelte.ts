import { createContext } from 'svelte';
import type { ProjectSummary, RecentProject, RuntimeInfo } from '../../../contract/index.ts';
import type { Dropped, Shell } from '../shell/shell.ts';
import { percent, words } from '../words/index.ts';
import type { Adding } from './adding.svelte.ts';
import { Engine } from './engine.svelte.ts';
import type { Failure } from './failure.ts';
import { Folders } from './folders.svelte.ts';
import { Lab } from './lab.svelte.ts';
import { lastName } from './last-name.ts';
import { Machine } from './machine.svelte.ts';
import { Notes } from './notes.svelte.ts';
import { Project } from './project.svelte.ts';
import { Theme } from './theme.svelte.ts';

export type Screen = 'photos' | 'train' | 'results' | 'predict' | 'export' | 'lab' | 'machine';
export const screens: readonly Screen[] = [
  'photos',
  'train',
  'results',
  'predict',
  'export',
  'lab',
  'machine',
];

const quietAtFirst = 1000; // milliseconds
const namedFolders = 3;

/** The whole app: what is open, and the verbs that go across nouns. Made once, given to the components as context. */
export class App {
  readonly shell: Shell;
  readonly engine: Engine;
  readonly notes = new Notes();
  readonly theme = new Theme();
  readonly machine: Machine;
  readonly lab: Lab;
  readonly folders: Folders;
  /** Until it is known what the window opens with. */
  starting = $state.raw(true);
  screen = $state.raw<Screen>('photos');
  /** Whose results are shown; null: the newest. */
  run = $state.raw<string | null>(null);
  project = $state.raw<Project | null>(null);
  /** The name of a new project until the engine, which may still be starting, has made it. */
  beginning = $state.raw<string | null>(null);
  /** Why a new project came to nothing. */
  failure = $state.raw<Failure | null>(null);
  recent = $state.raw<RecentProject[] | null>(null);
  runtime = $state.raw<RuntimeInfo | null>(null);
  /** Whether the list of keys is open. */
  areKeysShown = $state.raw(false);
  /** The note about the last adding that failed; the next one makes it old. */
  #failed: number | null = null;

  constructor(shell: Shell) {
    this.shell = shell;
    this.engine = new Engine(shell);
    this.machine = new Machine(this.engine);
    this.lab = new Lab(this.engine);
    this.folders = new Folders(shell);
  }

  /** First things: the project in the address (so that a reload stays there), else the start screen. */
  async start(): Promise<void> {
    const key = new URLSearchParams(location.hash.slice(1)).get('project');
    await this.attempt(async () => {
      if (key !== null) await this.open((await this.engine.client.projectFolder({ key })).project);
    });
    this.starting = false;
    if (!this.project) await this.listRecent();
    // Asked for last: TensorFlow takes both cores while it loads, and the pictures come first.
    await this.project?.photos.listed;
    await new Promise((resolve) => setTimeout(resolve, quietAtFirst));
    await this.attempt(
      async () => (this.runtime = (await this.engine.persist((client) => client.doctor())).runtime),
    );
  }

  async open(folder: string): Promise<void> {
    await this.attempt(async () => {
      const project = this.enter(await this.engine.client.openProject({ project: folder }));
      await project.importing.resume();
    });
  }

  /** Shows a project. */
  enter(summary: ProjectSummary): Project {
    this.project?.close();
    const project = new Project(this.engine, this.notes, summary, (accuracy) =>
      this.#trained(project, accuracy),
    );
    this.project = project;
    this.go('photos');
    void this.attempt(() => project.training.load());
    void project.watch((failure) => {
      if (this.project === project) this.close();
      this.notes.failed(failure);
    });
    return project;
  }

  close(): void {
    this.project?.close();
    this.project = null;
    this.go('photos');
    history.replaceState(null, '', location.pathname);
    void this.listRecent();
  }

  async createEmpty(): Promise<void> {
    const name = words.start.untitled;
    await this.attempt(() => this.#begin(name));
  }

  async openSample(): Promise<void> {
    const name = words.start.sampleName;
    const known = this.recent?.find((project) => project.name === name);
    if (known) await this.open(known.project);
    else await this.#add([name], async () => (await this.engine.client.samplePhotos()).folders, name);
  }

  async chooseFolders(): Promise<void> {
    await this.attempt(async () => this.addFolders(await this.folders.ask('add')));
  }

  /** Adds photos to the open project, or to a new one that is named after them. */
  async addFolders(folders: string[]): Promise<void> {
    if (folders.length) await this.#add(folders.map(lastName), () => Promise.resolve(folders));
  }

  async listRecent(): Promise<void> {
    await this.attempt(async () => (this.recent = await this.engine.client.listProjects()));
  }

  go(screen: Screen): void {
    this.screen = screen;
    this.run = null;
    if (this.project) history.replaceState(null, '', `#project=${this.project.summary.key}`);
  }

  /** What becomes of what is dropped now: on most screens it is added. */
  get dropPurpose(): 'add' | 'predict' | 'look' {
    if (this.screen === 'lab' && this.lab.view === 'inside') return 'look';
    return this.screen === 'predict' && this.project?.training.newest ? 'predict' : 'add';
  }

  async takeDropped(dropped: Dropped): Promise<void> {
    const purpose = this.dropPurpose;
    if (purpose === 'look') await this.attempt(() => this.lab.looking.takeDropped(dropped));
    else if (purpose === 'predict') await this.project?.predicting.predictDropped(dropped);
    else
      await this.#add(dropped.names, (adding, key) =>
        dropped.bring(key, (done, total) => adding.copied(done, total), adding.signal),
      );
  }

  /** Shows the results of one run. */
  showRun(run: string): void {
    this.go('results');
    this.run = run;
  }

  /** Takes back the newest change, whatever screen made it. */
  async undo(): Promise<void> {
    await this.project?.undo();
  }

  async redo(): Promise<void> {
    await this.project?.redo();
  }

  /** Runs something that a person asked for; when it fails, says so in a note. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notes.threw(error);
    }
  }

  async #add(
    names: string[],
    bring: (adding: Adding, key: string) => Promise<string[]>,
    name = projectName(names),
  ): Promise<void> {
    this.failure = null;
    if (this.#failed !== null) this.notes.dismiss(this.#failed);
    await this.attempt(async () => {
      const isNew = this.project === null;
      const project = this.project ?? (await this.#begin(name));
      this.go('photos');
      const failure = await project.importing.add(names, (adding) => bring(adding, project.summary.key));
      if (isNew && (await this.#discardEmpty(project))) this.failure = failure;
      else if (failure) this.#failed = this.notes.failed(failure);
    });
  }

  async #begin(name: string): Promise<Project> {
    this.beginning = name;
    try {
      return this.enter(await this.engine.client.createProject({ name }));
    } finally {
      this.beginning = null;
    }
  }

  /** A new project that no photo came into is no project: it would only stand in the list. */
  async #discardEmpty({ folder: project }: Project): Promise<boolean> {
    const { client } = this.engine;
    const now = await client.openProject({ project });
    if (now.photos + now.excluded + now.labels.length > 0) return false;
    if (this.project?.folder === project) this.close();
    await client.deleteProject({ project });
    await this.listRecent();
    return true;
  }

  /** A model is done: whoever watched sees the results, others are told. */
  #trained(project: Project, accuracy: number): void {
    if (project !== this.project) return;
    const see = { label: words.train.see, run: () => this.go('results') };
    if (this.screen === 'train') this.go('results');
    else this.notes.say(words.train.done(percent(accuracy)), '', see);
  }
}

/** A project is called after what was put into it first: "beach, city, forest". */
const projectName = (names: string[]): string =>
  names.length > 0
    ? words.start.projectName(names.slice(0, namedFolders), names.length - namedFolders)
    : words.start.untitled;

export const [getApp, setApp] = createContext<App>();
