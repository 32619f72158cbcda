import type { FileEvent, Prediction, SortResult } from '../../../contract/index.ts';
import type { Shell } from '../shell/shell.ts';
import { words } from '../words/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { folderFor, suggest } from './folder-for.ts';
import { Work } from './work.svelte.ts';

/** How a copying into folders came out. */
export interface Sorted extends SortResult {
  folder: string;
  /** Photos that were not copied, with why. */
  left: readonly FileEvent[];
}

/** Copying predicted photos into a folder per label. Goes on while other screens show. */
export class Sorting {
  /** Where the folders are made. */
  folder = $state.raw('');
  /** Whether the label is also written into a sidecar beside each copy. */
  xmp = $state.raw(false);
  running = $state.raw<Work | null>(null);
  done = $state.raw<Sorted | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Offers a folder where people look for their things. */
  async suggestFolder(shell: Shell, project: string): Promise<void> {
    await suggest(this, () => folderFor(shell, words.predict.sort.folderName(project)));
  }

  async start(predictions: readonly Prediction[]): Promise<void> {
    const { folder, xmp } = this;
    const work = new Work();
    const left: FileEvent[] = [];
    this.reset();
    this.running = work;
    try {
      const photos = predictions.map((prediction) => ({
        path: prediction.path,
        label: answerOf(prediction),
      }));
      const result = await work.follow(
        (signal) => this.#engine.client.sortPhotos({ photos, into: folder, xmp }, { signal }),
        (event: FileEvent) => {
          if (event.kind === 'sorted' && event.to === null) left.push(event);
        },
      );
      this.done = { ...result, folder, left };
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.running = null;
    }
  }

  /** What is copied stays. */
  cancel(): void {
    this.running?.cancel();
  }

  reset(): void {
    this.done = this.failure = null;
  }
}

/** What a photo counts as; null where the model is not sure. */
export const answerOf = ({ unsure, predictions: [best] }: Prediction): string | null =>
  unsure ? null : (best?.className ?? null);
