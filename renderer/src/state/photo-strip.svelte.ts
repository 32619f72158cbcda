import { noProject, type LookedPhoto } from '../../../contract/index.ts';
import type { Dropped } from '../shell/shell.ts';
import type { Engine } from './engine.svelte.ts';
import { lastName } from './last-name.ts';
import type { Project } from './project.svelte.ts';
import { splitIds } from './split-ids.ts';

/** A photo that can be looked at, and its address. */
export interface StripPhoto {
  look: LookedPhoto;
  /** Of its file. */
  name: string;
  /** Of its project, or `noProject`. */
  key: string;
  photo: string;
}

export type StripSource = 'project' | 'samples' | 'own';

/** So many photos are offered, evenly from all that there are. */
const most = 40;

/** Photos to choose one from: some of a project, some of the samples, or what a person brought. */
export class PhotoStrip {
  source = $state.raw<StripSource>('samples');
  photos = $state.raw<readonly StripPhoto[]>([]);
  readonly #engine: Engine;
  #dropped: Dropped | null = null;
  /** Where the newest photos that are in no project were found. */
  #paths: readonly string[] = [];
  #asked = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async showProject({ folder, summary: { key } }: Project): Promise<void> {
    await this.#show('project', async () => {
      const { ids, names } = await this.#engine.persist((client) => client.listPhotos({ project: folder }));
      const photos = splitIds(ids).map((photo, i) => ({ photo, name: names[i] ?? '' }));
      return evenly(photos).map(({ name, photo }) => ({
        look: { project: folder, photo },
        name,
        key,
        photo,
      }));
    });
  }

  async showSamples(): Promise<void> {
    await this.#show('samples', async () => {
      const { folders } = await this.#engine.persist((client) => client.samplePhotos());
      return this.#find(folders);
    });
  }

  async showFolders(paths: string[]): Promise<void> {
    if (paths.length > 0) await this.#show('own', () => this.#find(paths));
  }

  async showDropped(dropped: Dropped): Promise<void> {
    const before = this.#dropped;
    this.#dropped = dropped;
    await this.#show('own', async () => {
      const paths = await dropped.bring(null, () => undefined, new AbortController().signal);
      return this.#find(paths);
    });
    // What stays behind when the host can't be reached goes by itself after a day.
    void before?.forget().catch(() => undefined);
  }

  /** Finds the same files anew: an engine that was started after a crash knows nothing of what is in no project. */
  async again(): Promise<void> {
    const { source, photos } = this;
    if (source !== 'project' && photos.length > 0) await this.#show(source, () => this.#find(this.#paths));
  }

  async #show(source: StripSource, list: () => Promise<StripPhoto[]>): Promise<void> {
    const turn = ++this.#asked;
    const photos = await list();
    if (turn !== this.#asked) return;
    this.source = source;
    this.photos = photos;
  }

  async #find(paths: readonly string[]): Promise<StripPhoto[]> {
    this.#paths = paths;
    const found = await this.#engine.persist((client) => client.findPhotos({ paths: [...paths] }));
    return evenly(found).map(({ path, photo }) => ({
      look: { path },
      name: lastName(path),
      key: noProject,
      photo,
    }));
  }
}

function evenly<T>(all: readonly T[]): T[] {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]).filter(
    (each) => each !== undefined,
  );
}
