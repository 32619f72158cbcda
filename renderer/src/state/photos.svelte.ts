import type { PhotoFilter, PhotoSort, ProjectChange } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { splitIds } from './split-ids.ts';

export const everything: PhotoFilter = { show: 'all', labels: [], split: null, text: '' };

/**
 * The photos that are listed, in columns. A photo keeps its place while it is being labelled, also where the filter would
 * no longer find it: nothing jumps under the hand. The list is read anew when filter, sort or library change.
 */
export class Photos {
  filter = $state.raw<PhotoFilter>(everything);
  sort = $state.raw<PhotoSort>('added');
  descending = $state.raw(false);
  ids = $state.raw<string[]>([]);
  names = $state.raw<string[]>([]);
  /** Label of each photo, null without one. */
  labels = $state.raw<(string | null)[]>([]);
  predicted = $state.raw<(string | null)[]>([]);
  /** Rises when other photos are listed, or in another order; not when some are added to them. */
  arrangement = $state.raw(0);
  /** False until the first list has come. */
  loaded = $state.raw(false);
  readonly selection = new Selection();
  readonly #first = Promise.withResolvers<void>();
  /** Fulfilled once the first list has come. */
  readonly listed = this.#first.promise;
  readonly #engine: Engine;
  readonly #project: string;
  #places: Map<string, number> | undefined;
  #reading = 0;

  constructor(engine: Engine, project: string) {
    this.#engine = engine;
    this.#project = project;
  }

  get count(): number {
    return this.ids.length;
  }

  /** Reads the list again; of several readings the last one counts. The selection stays with its photos. */
  async load(): Promise<void> {
    const reading = ++this.#reading;
    const { filter, sort, descending } = this;
    const list = await this.#engine.persist((client) =>
      client.listPhotos({ project: this.#project, filter, sort, descending }),
    );
    if (reading !== this.#reading) return;
    const chosen = new Set(this.chosenIds());
    const { ids } = this;
    const { cursor } = this.selection;
    const name = (index: number) => list.labels[index] ?? null;
    this.ids = splitIds(list.ids);
    this.names = list.names;
    this.labels = list.label.map(name);
    this.predicted = list.predicted.map(name);
    this.#places = undefined;
    // Where the photo under the cursor is gone, the one after it takes its turn, or at the end the one before it.
    const near = [...ids.slice(cursor), ...ids.slice(0, cursor).toReversed()].find(
      (id) => this.place(id) >= 0,
    );
    this.selection.reset(this.count, (i) => chosen.has(this.ids[i] ?? ''), this.place(near ?? ''));
    this.loaded = true;
    this.#first.resolve();
  }

  /** Shows other photos. */
  async show(filter: Partial<PhotoFilter>): Promise<void> {
    this.filter = { ...this.filter, ...filter };
    await this.load();
    this.arrangement++;
  }

  /** Shows them in another order. */
  async arrange(sort: PhotoSort, descending: boolean): Promise<void> {
    this.sort = sort;
    this.descending = descending;
    await this.load();
    this.arrangement++;
  }

  /** Where a photo stands in the list, or -1. */
  place(id: string): number {
    this.#places ??= new Map(this.ids.map((each, i) => [each, i]));
    return this.#places.get(id) ?? -1;
  }

  chosenIds(): string[] {
    return this.selection.chosen().flatMap((i) => this.ids[i] ?? []);
  }

  /** Labels photos: seen at once, taken back if the engine refuses. */
  async label(ids: readonly string[], label: string | null): Promise<void> {
    if (ids.length === 0) return;
    this.#write(ids.map((photo) => ({ photo, label })));
    try {
      const changes = ids.map((photo) => ({ photo, label }));
      await this.#engine.persist((client) => client.labelPhotos({ project: this.#project, changes }));
    } catch (error) {
      await this.load();
      throw error;
    }
  }

  /** Labels the unlabelled photos that were added last. */
  async labelNewest(count: number, label: string): Promise<void> {
    const { ids } = await this.#engine.client.listPhotos({
      project: this.#project,
      filter: { show: 'unlabelled' },
      sort: 'added',
      descending: true,
    });
    await this.label(splitIds(ids).slice(0, count), label);
  }

  async exclude(ids: readonly string[], excluded: boolean): Promise<void> {
    await this.#engine.client.excludePhotos({ project: this.#project, photos: [...ids], excluded });
    await this.load();
  }

  /** Takes in what a project's watcher is told: its state at first, then what changed here or in another window. */
  async follow({ labelled }: ProjectChange): Promise<void> {
    if (labelled) this.#write(labelled);
    else await this.load();
  }

  #write(changes: readonly { photo: string; label: string | null }[]): void {
    const labels = [...this.labels];
    for (const { photo, label } of changes) {
      const place = this.place(photo);
      if (place >= 0) labels[place] = label;
    }
    this.labels = labels;
  }
}
