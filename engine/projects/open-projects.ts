import { EventEmitter, on } from 'node:events';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  ScenelabError,
  type ProjectChange,
  type ProjectSummary,
  type RecentProject,
} from '../../contract/index.ts';
import {
  databaseName,
  folderName,
  isProject,
  openLibrary,
  projectGone,
  projectName,
  summarizeLibrary,
  writeSetting,
  type Library,
  type OpenOptions,
} from '../library/index.ts';
import { countDisagreements, readRuns } from '../training/read-runs.ts';
import { deleteProject } from './delete-project.ts';
import {
  forgetProject,
  listKnownProjects,
  newProjectFolder,
  projectKey,
  rememberProject,
  type KnownProject,
} from './known-projects.ts';

const shownRecent = 12;
const millisecondsBetweenLooks = 1000;

/** The projects that are open in this engine. Each library is opened once and shared; whoever changes it says so. */
export class OpenProjects implements Disposable {
  readonly #libraries = new Map<string, Library>();
  readonly #changes = new EventEmitter().setMaxListeners(0);

  /** The library of a project. Throws what `openLibrary` throws. */
  library(project: string, options?: OpenOptions): Library {
    const folder = resolve(project);
    const open = this.#libraries.get(folder) ?? openLibrary(folder, options);
    this.#libraries.set(folder, open);
    return open;
  }

  /** Opens a project and puts it at the top of the recent ones. */
  open(project: string): ProjectSummary {
    this.#closeIfGone(project);
    const { folder } = this.library(project);
    const summary = this.summary(folder);
    rememberProject(folder, summary.name);
    return summary;
  }

  /** Makes a project of this name and opens it. */
  create(name: string): ProjectSummary {
    const folder = newProjectFolder(name);
    this.#libraries.set(folder, openLibrary(folder, { create: true }));
    return this.open(folder);
  }

  /** Gives a project another name; its folder and all addresses stay. */
  rename(project: string, name: string): ProjectSummary {
    writeSetting(this.library(project), 'name', name);
    this.changed(project);
    return this.open(project);
  }

  /** Closes a project and deletes it; whoever watches it hears NOT_FOUND. Throws what `deleteProject` throws. */
  async delete(project: string): Promise<void> {
    const library = this.library(project);
    const { folder } = library;
    this.#libraries.delete(folder);
    library[Symbol.dispose]();
    await deleteProject(folder);
    forgetProject(folder);
    this.#changes.emit(folder, null);
  }

  summary(project: string): ProjectSummary {
    const library = this.library(project);
    const { folder } = library;
    return {
      project: folder,
      key: projectKey(folder),
      name: projectName(library),
      ...summarizeLibrary(library),
      disagreements: countDisagreements(library),
      accuracy: readRuns(library).find(({ test }) => test)?.test?.accuracy ?? null,
    };
  }

  /** Projects that were open before; one that can't be opened now says why. */
  recent(): RecentProject[] {
    return listKnownProjects()
      .slice(0, shownRecent)
      .map((known) => this.#recent(known));
  }

  /** The folder that a key stands for. Throws NOT_FOUND. */
  folderOf(key: string): string {
    const folder =
      [...this.#libraries.keys()].find((open) => projectKey(open) === key) ??
      listKnownProjects().find((known) => projectKey(known.folder) === key)?.folder;
    if (folder === undefined)
      throw new ScenelabError(
        'NOT_FOUND',
        `No open project has the key ${key}`,
        '',
        'Open the project again',
      );
    return folder;
  }

  /** Tells everybody who watches a project that it changed; `labelled` when labels of these photos are all that did. */
  changed(project: string, labelled: ProjectChange['labelled'] = null): void {
    const folder = resolve(project);
    if (this.#changes.listenerCount(folder) === 0) return;
    this.#changes.emit(folder, { summary: this.summary(folder), labelled } satisfies ProjectChange);
  }

  /** Yields the state, then every change, until the signal. Throws NOT_FOUND when the project's folder is gone. */
  async *watch(project: string, signal: AbortSignal | undefined): AsyncGenerator<ProjectChange, void> {
    const summary = this.summary(project);
    const changes = on(this.#changes, summary.project, { signal });
    const looking = setInterval(() => void this.#tellIfGone(summary.project), millisecondsBetweenLooks);
    try {
      yield { summary, labelled: null };
      for await (const [change] of changes) {
        if (change === null) throw projectGone(summary.project);
        yield change;
      }
    } finally {
      clearInterval(looking);
    }
  }

  [Symbol.dispose](): void {
    for (const library of this.#libraries.values()) library[Symbol.dispose]();
    this.#libraries.clear();
  }

  /** A library whose folder was deleted or whose disk was pulled would still read from what is open. */
  #closeIfGone(project: string): void {
    const folder = resolve(project);
    if (isProject(folder)) return;
    this.#libraries.get(folder)?.[Symbol.dispose]();
    this.#libraries.delete(folder);
  }

  /** Labels would seem to be kept by what is open, and be lost. */
  async #tellIfGone(folder: string): Promise<void> {
    const isThere = await access(join(folder, databaseName)).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    this.#closeIfGone(folder);
    this.#changes.emit(folder, null);
  }

  #recent({ folder, name, openedAt }: KnownProject): RecentProject {
    try {
      this.#closeIfGone(folder);
      const summary = this.summary(folder);
      const labels = summary.labels.map((label) => label.name);
      return { ...summary, labels, openedAt, cover: this.#cover(folder), problem: null };
    } catch (error) {
      const problem = error instanceof ScenelabError ? error : projectGone(folder);
      return {
        project: folder,
        key: projectKey(folder),
        name: name ?? folderName(folder),
        photos: 0,
        labels: [],
        accuracy: null,
        openedAt,
        cover: [],
        problem: problem.code === 'NOT_FOUND' ? projectGone(folder).data : problem.data,
      };
    }
  }

  /** One photo of each of the first labels, else the first photos. */
  #cover(folder: string): string[] {
    return this.library(folder)
      .all(
        z.object({ id: z.string() }),
        `SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY label ORDER BY number) AS turn, label, number
         FROM photos WHERE excluded = 0) ORDER BY turn, label IS NULL, label LIMIT 4`,
      )
      .map(({ id }) => id);
  }
}
