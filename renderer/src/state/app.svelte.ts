import { createContext } from 'svelte';
import type { ImportResult, Job, RecentProject, RuntimeInfo } from '../../../contract/index.ts';
import type { Dropped, Shell } from '../shell/shell.ts';
import { percent, words } from '../words/index.ts';
import { Adding } from './adding.svelte.ts';
import { Engine } from './engine.svelte.ts';
import { Exporting } from './exporting.svelte.ts';
import { Machine } from './machine.svelte.ts';
import { Notes, type Note } from './notes.svelte.ts';
import { Photos } from './photos.svelte.ts';
import { Predicting } from './predicting.svelte.ts';
import { Project } from './project.svelte.ts';
import { Theme } from './theme.svelte.ts';
import { Training } from './training.svelte.ts';

export type Screen = 'photos' | 'train' | 'results' | 'predict' | 'export' | 'machine';
const namedFolders = 3;
export const screens: readonly Screen[] = ['photos', 'train', 'results', 'predict', 'export', 'machine'];

/** A question for folders that the page's own picker answers; with none when it was closed. */
export interface FolderRequest {
  purpose: 'add' | 'predict' | 'export';
  answer: (folders: string[]) => void;
}

/** The whole app: what is open, and the verbs that go across nouns. Made once, given to the components as context. */
export class App {
  readonly shell: Shell;
  readonly engine: Engine;
  readonly notes = new Notes();
  readonly theme = new Theme();
  readonly machine: Machine;
  screen = $state.raw<Screen>('photos');
  /** Whose results are shown; null: the newest. */
  run = $state.raw<string | null>(null);
  project = $state.raw<Project | null>(null);
  photos = $state.raw<Photos | null>(null);
  training = $state.raw<Training | null>(null);
  exporting = $state.raw<Exporting | null>(null);
  predicting = $state.raw<Predicting | null>(null);
  adding = $state.raw<Adding | null>(null);
  recent = $state.raw<RecentProject[] | null>(null);
  runtime = $state.raw<RuntimeInfo | null>(null);
  /** Which overlay is open, if any. */
  overlay = $state<'keys' | null>(null);
  folderRequest = $state.raw<FolderRequest | null>(null);

  constructor(shell: Shell) {
    this.shell = shell;
    this.engine = new Engine(shell);
    this.machine = new Machine(this.engine);
  }

  /** First things: the project in the address (so that a reload stays there), else the start screen. */
  async start(): Promise<void> {
    const open = new URLSearchParams(location.hash.slice(1)).get('project');
    void this.attempt(async () => (this.runtime = (await this.engine.client.doctor()).runtime));
    await this.attempt(async () => {
      this.recent = await this.engine.client.listProjects();
      const entry = this.recent.find(({ key }) => key === open);
      if (entry) await this.open(entry.project);
    });
  }

  async open(folder: string): Promise<void> {
    await this.attempt(async () => {
      this.#enter(new Project(this.engine, await this.engine.client.openProject({ project: folder })));
      const jobs = await this.engine.client.listJobs({ project: folder });
      const importing = jobs.find(
        ({ kind, state }) => kind === 'import' && (state === 'running' || state === 'waiting'),
      );
      if (importing) this.#follow(importing);
    });
  }

  close(): void {
    this.project?.close();
    this.project = this.photos = this.training = this.exporting = this.predicting = this.adding = null;
    history.replaceState(null, '', location.pathname);
    void this.attempt(async () => (this.recent = await this.engine.client.listProjects()));
  }

  go(screen: Screen): void {
    this.screen = screen;
    this.#address();
  }

  /** Whether what is dropped now is predicted; anywhere but on that screen it is added. */
  get predictsDrops(): boolean {
    return this.screen === 'predict' && this.training?.newest != null;
  }

  async takeDropped(dropped: Dropped): Promise<void> {
    if (this.predictsDrops && this.project)
      await this.predicting?.predictDropped(dropped, this.project.summary.key);
    else await this.addDropped(dropped);
  }

  /** Takes dropped folders into the open project, or into a new one named after them. */
  async addDropped(dropped: Dropped): Promise<void> {
    await this.#add(dropped.names, (key, adding) =>
      dropped.bring(key, (done, total) => adding.copied(done, total), adding.signal),
    );
  }

  async addFolders(folders: string[]): Promise<void> {
    if (folders.length) await this.#add(folders.map(lastName), () => Promise.resolve(folders));
  }

  /** Asks for folders: the system's dialog where there is one, the page's own elsewhere. None when it was closed. */
  async askForFolders(purpose: FolderRequest['purpose']): Promise<string[]> {
    if (this.shell.chooseFolders) return this.shell.chooseFolders();
    const { promise, resolve } = Promise.withResolvers<string[]>();
    this.folderRequest = { purpose, answer: resolve };
    const folders = await promise;
    this.folderRequest = null;
    return folders;
  }

  async chooseFolders(): Promise<void> {
    await this.addFolders(await this.askForFolders('add'));
  }

  async openSample(): Promise<void> {
    await this.attempt(async () => {
      const { folders } = await this.engine.client.samplePhotos();
      const known = this.recent?.find(({ name }) => name === words.start.sampleName);
      if (known) await this.open(known.project);
      else await this.#add(folders.map(lastName), () => Promise.resolve(folders), words.start.sampleName);
    });
  }

  /** Shows the results of one run. */
  showRun(run: string): void {
    this.run = run;
    this.go('results');
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
    bring: (key: string, adding: Adding) => Promise<string[]>,
    name = projectName(names),
  ): Promise<void> {
    await this.attempt(async () => {
      if (!this.project) {
        this.#enter(new Project(this.engine, await this.engine.client.createProject({ name })));
      }
      const project = this.project;
      if (!project) return;
      this.go('photos');
      const adding = new Adding(this.engine, names);
      this.adding = adding;
      await this.#finish(adding, async () => {
        const folders = await bring(project.summary.key, adding);
        return this.engine.client.startImport({ project: project.folder, folders });
      });
    });
  }

  #follow(job: Job): void {
    const adding = new Adding(this.engine, [job.title]);
    this.adding = adding;
    void this.#finish(adding, () => Promise.resolve(job));
  }

  async #finish(adding: Adding, start: () => Promise<Job>): Promise<void> {
    try {
      const end = await adding.run(start);
      if (end?.failure) this.notes.failed(end.failure);
      if (end?.imported) this.notes.imported(end.imported, this.#offerLabel(end.imported));
    } finally {
      if (this.adding === adding) this.adding = null;
    }
  }

  /** A flat folder that came alone may have the name of its label; whether it has, only the person knows. */
  #offerLabel({ suggestedLabel, imported }: ImportResult): Note['action'] {
    const { photos } = this;
    if (suggestedLabel === null || imported === 0 || !photos) return null;
    return {
      label: words.adding.labelAll(suggestedLabel),
      run: () => void this.attempt(() => photos.labelNewest(imported, suggestedLabel)),
    };
  }

  #enter(project: Project): void {
    this.project?.close();
    const photos = new Photos(this.engine, project.folder);
    this.project = project;
    this.photos = photos;
    const training = new Training(this.engine, project.folder, (accuracy) =>
      this.#trained(training, accuracy),
    );
    this.training = training;
    this.exporting = new Exporting(this.engine, project.folder);
    this.predicting = new Predicting(this.engine, project.folder);
    void this.attempt(() => training.load());
    this.screen = 'photos';
    this.#address();
    void project.watch((change) => photos.follow(change));
    void this.attempt(() => photos.load());
  }

  /** A model is done: whoever watched sees the results, others are told. */
  #trained(training: Training, accuracy: number): void {
    if (training !== this.training) return;
    this.run = null;
    const see = { label: words.train.see, run: () => this.go('results') };
    if (this.screen === 'train') this.go('results');
    else this.notes.say(words.train.done(percent(accuracy)), '', see);
  }

  #address(): void {
    if (this.project) history.replaceState(null, '', `#project=${this.project.summary.key}`);
  }
}

const lastName = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;

/** A project is called after what was put into it first: "beach, city, forest". */
const projectName = (names: string[]): string =>
  names.length > 0
    ? words.start.projectName(names.slice(0, namedFolders), names.length - namedFolders)
    : words.start.untitled;

export const [getApp, setApp] = createContext<App>();
