import { join } from 'node:path';
import { app, Menu, Notification, powerSaveBlocker, shell } from 'electron';
import type { Job, JobEnd, PageCommand, RecentProject } from '../contract/index.ts';
import { appFolder } from '../engine/app-folder.ts';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { projectsFolder } from '../engine/folders.ts';
import { startEngine } from '../engine/process/spawn.ts';
import { unpacked } from './app-files.ts';
import { AppWindow } from './app-window.ts';
import { chooseProject } from './dialogs.ts';
import { engineEnvironment, hasGpuRuntime } from './engine-environment.ts';
import { menuTemplate } from './menu.ts';
import { readSettings, writeSettings, type Settings } from './settings.ts';
import { startUtility } from './utility-engine.ts';
import { watchWork } from './watch-work.ts';
import { words } from './words.ts';

const packages = join(unpacked(appFolder), 'node_modules');
/** Electron's own sign for a bar that only moves. */
const indeterminate = 2;
const noBar = -1;

/** What runs while the app does: the engine, the window, and what the system shows of both. */
export class ScenelabApp {
  readonly supervisor: EngineSupervisor;
  readonly #settingsFile: string;
  readonly #quitting = new AbortController();
  #settings: Settings;
  #window: AppWindow | null = null;
  #projects: readonly RecentProject[] = [];
  #blocker: number | null = null;

  constructor(settingsFile: string) {
    this.#settingsFile = settingsFile;
    this.#settings = readSettings(settingsFile);
    this.supervisor = new EngineSupervisor(() =>
      startEngine({
        start: startUtility,
        env: engineEnvironment({ packages, useGpu: this.#settings.useGpu }),
        debug: !app.isPackaged,
      }),
    );
    void watchWork(this.supervisor, () => this.#projects[0]?.project ?? null, this, this.#quitting.signal);
    this.#setMenu();
  }

  /** The window that is open, if one is. */
  get window(): AppWindow | null {
    return this.#window;
  }

  /** Brings the window to the front, opening one where there is none, and tells its page something. */
  show(command?: PageCommand): void {
    if (this.#window) this.#window.focus();
    else this.#open();
    if (command) this.#window?.tell(command);
  }

  /** Ends the engine in order. */
  async quit(): Promise<void> {
    this.#quitting.abort();
    await this.supervisor.stop();
  }

  /** While something works there is a bar in the taskbar, and the machine stays awake. */
  working(fraction: number | null): void {
    this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    this.#window?.browser.setProgressBar(fraction ?? indeterminate);
  }

  idle(): void {
    if (this.#blocker !== null) powerSaveBlocker.stop(this.#blocker);
    this.#blocker = null;
    this.#window?.browser.setProgressBar(noBar);
  }

  /** A training or an experiment that ended while the person was elsewhere is worth a word. */
  ended(job: Job, end: JobEnd): void {
    if (end.state !== 'done' || end.result.kind === 'import' || this.#window?.browser.isFocused()) return;
    const { result } = end;
    const project = this.#projects.find((each) => each.project === job.project)?.name ?? words.app;
    const notification = new Notification({
      title: words.ended[result.kind],
      body:
        result.kind === 'experiment'
          ? words.seeChart
          : words.seeHowGood(result.kind === 'lab' ? result.network.name : project),
    });
    notification.on('click', () => this.show());
    notification.show();
  }

  #open(): void {
    const window = new AppWindow(this.#settings.window, this.supervisor);
    this.#window = window;
    window.browser.on('close', () => this.#remember({ window: window.place }));
    window.browser.once('closed', () => (this.#window = null));
    // The title names the project, so it changes when one is opened.
    window.browser.on('page-title-updated', () => void this.#readProjects());
  }

  async #readProjects(): Promise<void> {
    this.#projects = await this.supervisor.ask((client) => client.listProjects()).catch(() => this.#projects);
    for (const { project } of this.#projects.slice(0, 1)) app.addRecentDocument(project);
    this.#setMenu();
  }

  #remember(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    writeSettings(this.#settingsFile, this.#settings);
  }

  #setMenu(): void {
    const { platform } = process;
    const useGpu = hasGpuRuntime(packages) ? this.#settings.useGpu : null;
    const state = { platform, recent: this.#projects, useGpu, developing: !app.isPackaged };
    const template = menuTemplate(state, {
      tell: (command) => this.show(command),
      openProject: () => void this.#openProject(),
      setUseGpu: (use) => void this.#setUseGpu(use),
      showData: () => void shell.openPath(projectsFolder()),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #openProject(): Promise<void> {
    this.show();
    const project = this.#window && (await chooseProject(this.#window.browser));
    if (project) this.show({ kind: 'open-project', project });
  }

  /** The device is chosen when an engine starts; this one makes room for the next. */
  async #setUseGpu(useGpu: boolean): Promise<void> {
    this.#remember({ useGpu });
    await (await this.supervisor.running()).stop();
  }
}
