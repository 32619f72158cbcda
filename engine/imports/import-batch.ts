import type { Skipped } from '../../contract/index.ts';
import type { Library } from '../library/library.ts';
import { inGrowingStep } from '../library/step.ts';
import type { ReadPhoto } from './read-photo.ts';
import { storePhoto } from './store-photo.ts';

/** What a kill can cost: at most so many photos, or so long a time, have to be read again. */
const batchPhotos = 256;
const batchMilliseconds = 500;

/** Collects what was read and stores it many at a time; counts what it meant. */
export class ImportBatch {
  imported = 0;
  duplicates = 0;
  unchanged = 0;
  conflicts = 0;
  readonly skipped: Skipped[] = [];
  readonly #library: Library;
  readonly #title: string;
  readonly #groupByFolder: boolean;
  #waiting: ReadPhoto[] = [];
  #storedAt = performance.now();
  #step: number | null = null;

  /** `title` is what undo calls the labels. */
  constructor(library: Library, title: string, groupByFolder: boolean) {
    this.#library = library;
    this.#title = title;
    this.#groupByFolder = groupByFolder;
  }

  add(read: ReadPhoto): void {
    this.#waiting.push(read);
    if (this.#waiting.length >= batchPhotos || performance.now() - this.#storedAt > batchMilliseconds)
      this.store();
  }

  store(): void {
    const reads = this.#waiting;
    this.#waiting = [];
    const { result, number } = inGrowingStep(this.#library, this.#title, this.#step, (step) =>
      reads.map((read) => storePhoto(step, read, this.#groupByFolder)),
    );
    this.#step = number ?? this.#step;
    this.#storedAt = performance.now();
    for (const [i, { kind, conflict }] of result.entries()) {
      const read = reads[i];
      if (read?.kind === 'skipped')
        this.skipped.push({ path: read.path, code: read.code, reason: read.reason });
      if (kind === 'imported') this.imported += 1;
      if (kind === 'duplicate') this.duplicates += 1;
      if (kind === 'unchanged') this.unchanged += 1;
      if (conflict) this.conflicts += 1;
    }
  }
}
