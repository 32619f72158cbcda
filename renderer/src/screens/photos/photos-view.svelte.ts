import { createContext } from 'svelte';
import type { App } from '../../state/app.svelte.ts';
import type { Photos } from '../../state/photos.svelte.ts';
import type { Project } from '../../state/project.svelte.ts';
import { words } from '../../words/index.ts';
import type { KeyAction } from './key-action.ts';

export const sizes = { smallest: 88, largest: 320, step: 24 };
const sizeKey = 'photo-size';

/** What the photos screen shows beside the list itself, and what can be done with the photos that are chosen. */
export class PhotosView {
  readonly app: App;
  readonly project: Project;
  readonly photos: Photos;
  shows = $state.raw<'grid' | 'skipped'>('grid');
  /** Whether the photo under the cursor fills the window. */
  isPreviewing = $state.raw(false);
  /** What was typed to find a label by; null while none is being looked for. */
  finding = $state.raw<string | null>(null);
  /** Told to screen readers. */
  said = $state.raw('');
  #size = $state.raw(Number(localStorage.getItem(sizeKey)) || 120);

  constructor(app: App, project: Project) {
    this.app = app;
    this.project = project;
    this.photos = project.photos;
  }

  /** Least width of a cell, in pixels; remembered. */
  get size(): number {
    return this.#size;
  }

  set size(size: number) {
    this.#size = Math.min(sizes.largest, Math.max(sizes.smallest, size));
    localStorage.setItem(sizeKey, String(this.#size));
  }

  /** Place of the photo that fills the window, or null. */
  get preview(): number | null {
    return this.isPreviewing && this.photos.count > 0 ? this.photos.selection.cursor : null;
  }

  get labelNames(): string[] {
    return this.project.summary.labels.map(({ name }) => name);
  }

  /** The photos that a command means: the one in the preview, else those chosen. */
  meant(): string[] {
    return this.preview === null
      ? this.photos.chosenIds()
      : this.photos.ids.slice(this.preview, this.preview + 1);
  }

  act(action: KeyAction): void {
    if (action.kind === 'label') void this.label(action.label);
    else if (action.kind === 'exclude') void this.exclude();
    else if (action.kind === 'find' && this.meant().length) this.finding = action.letter;
    else if (action.kind === 'preview') this.togglePreview();
  }

  /** Labels what is meant. One photo alone: the next one takes its turn, so that a hand can stay on the digits. */
  async label(label: string | null, ids = this.meant()): Promise<void> {
    if (ids.length === 0) return;
    const { selection } = this.photos;
    const isAlone = ids.length === 1 && this.photos.place(ids[0] ?? '') === selection.cursor;
    const done = this.photos.label(ids, label);
    this.said =
      label === null ? words.photos.unlabelledNow(ids.length) : words.photos.labelled(ids.length, label);
    if (isAlone && (this.isPreviewing || selection.size === 1)) this.step(1);
    await this.app.attempt(() => done);
  }

  /** Leaves what is meant out of training; in the list of excluded photos, takes it in again. */
  async exclude(ids = this.meant()): Promise<void> {
    if (ids.length === 0) return;
    const excluded = this.photos.filter.show !== 'excluded';
    await this.app.attempt(() => this.photos.exclude(ids, excluded));
    const title = excluded ? words.photos.excludedNow(ids.length) : words.photos.includedNow(ids.length);
    this.app.notes.say(title, '', {
      label: words.photos.undo,
      run: () => void this.app.attempt(() => this.app.undo()),
    });
  }

  togglePreview(): void {
    this.isPreviewing = !this.isPreviewing;
  }

  /** Goes on to another photo, if there is one. */
  step(by: number): void {
    const { selection } = this.photos;
    selection.only(selection.cursor + by);
  }

  /** Gives the keys back to the photos, where what had them is gone. */
  focusGrid(): void {
    document.querySelector<HTMLElement>('[data-photo-grid]')?.focus();
  }
}

export const [getView, setView] = createContext<PhotosView>();
