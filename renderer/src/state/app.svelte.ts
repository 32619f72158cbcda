import { createContext } from 'svelte';
import type { FolderPurpose, ProjectSummary, RecentProject, RuntimeInfo } from '../../../contract/index.ts';
import type { Dropped, Shell } from '../shell/shell.ts';
import { percent, words } from '../words/index.ts';
import { Engine } from './engine.svelte.ts';
import { Exporting } from './exporting.svelte.ts';
import { Importing } from './importing.svelte.ts';
import { Lab } from './lab.svelte.ts';
import { Machine } from './machine.svelte.ts';
import { Notes } from './notes.svelte.ts';
import { Photos } from './photos.svelte.ts';
import { Predicting } from './predicting.svelte.ts';
import { Project } from './project.svelte.ts';
import { Theme } from './theme.svelte.ts';
import { Training } from './training.svelte.ts';

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

/** A question for folders that the page's own picker answers; with none when it was closed. */
export interface FolderRequest {
  purpose: FolderPurpose;
  answer: (folders: string[]) => void;
}

/** The whole app: what is open, and the verbs that go across nouns. Made once, given to the components as context. */
export class App {
  readonly shell: Shell;
  readonly engine: Engine;
  readonly notes = new Notes();
  readonly theme = new Theme();
  readonly machine: Machine;
  readonly lab: Lab;
  readonly importing: Importing;
  /** Until it is known what the window opens with. */
  starting = $state.raw(true);
  screen = $state.raw<Screen>('photos');
  /** Whose results are shown; null: the newest. */
  run = $state.raw<string | null>(null);
  project = $state.raw<Project | null>(null);
  photos = $state.raw<Photos | null>(null);
  training = $state.raw<Training | null>(null);
  exporting = $state.raw<Exporting | null>(null);
  predicting = $state.raw<Predicting | null>(null);
  recent = $state.raw<RecentProject[] | null>(null);
  runtime = $state.raw<RuntimeInfo | null>(null);
  /** Which overlay is open, if any. */
  overlay = $state<'keys' | null>(null);
  folderRequest = $state.raw<FolderRequest | null>(null);

  constructor(shell: Shell) {
    this.shell = shell;
    this.engine = new Engine(shell);
    this.machine = new Machine(this.engine);
    this.lab = new Lab(this.engine);
    this.importing = new Importing(this);
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
    await this.photos?.listed;
    await new Promise((resolve) => setTimeout(resolve, quietAtFirst));
    await this.attempt(
      async () => (this.runtime = (await this.engine.persist((client) => client.doctor())).runtime),
    );
  }

  async open(folder: string): Promise<void> {
    await this.attempt(async () => {
      this.enter(await this.engine.client.openProject({ project: folder }));
      await this.importing.resume(folder);
    });
  }

  /** Shows a project. */
  enter(summary: ProjectSummary): Project {
    this.project?.close();
    this.predicting?.close();
    const project = new Project(this.engine, summary);
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
    void project.watch(
      (change) => this.attempt(() => photos.follow(change)),
      (failure) => {
        if (this.project === project) this.close();
        this.notes.failed(failure);
      },
    );
    return project;
  }

  close(): void {
    this.project?.close();
    this.predicting?.close();
    this.project = this.photos = this.training = this.exporting = this.predicting = null;
    this.screen = 'photos';
    this.importing.forget();
    history.replaceState(null, '', location.pathname);
    void this.listRecent();
  }

  async listRecent(): Promise<void> {
    await this.attempt(async () => (this.recent = await this.engine.client.listProjects()));
  }

  go(screen: Screen): void {
    this.screen = screen;
    this.#address();
  }

  /** What becomes of what is dropped now: on most screens it is added. */
  get dropPurpose(): 'add' | 'predict' | 'look' {
    if (this.screen === 'lab' && this.lab.view === 'inside') return 'look';
    return this.screen === 'predict' && this.training?.newest != null ? 'predict' : 'add';
  }

  async takeDropped(dropped: Dropped): Promise<void> {
    const purpose = this.dropPurpose;
    if (purpose === 'look') await this.attempt(() => this.lab.looking.takeDropped(dropped));
    else if (purpose === 'predict') await this.predicting?.predictDropped(dropped);
    else await this.importing.addDropped(dropped);
  }

  /** Asks for folders: the system's dialog where there is one, the page's own elsewhere. None when it was closed. */
  async askForFolders(purpose: FolderRequest['purpose']): Promise<string[]> {
    if (this.shell.chooseFolders) return this.shell.chooseFolders(purpose);
    const { promise, resolve } = Promise.withResolvers<string[]>();
    this.folderRequest = { purpose, answer: resolve };
    const folders = await promise;
    this.folderRequest = null;
    return folders;
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

export const [getApp, setApp] = createContext<App>();
