import type { PhotoId, TrainSettings } from '../../contract/index.ts';
import type { HeadWeights } from '../head/head.ts';

/** Photos and where their features at the cut are. */
export interface CutPhotos {
  readonly ids: readonly PhotoId[];
  /** Class index of each photo. */
  readonly labels: Int32Array;
  /** Rows of the cut cache, `[photos, variants]`; of a validation photo only the plain one. */
  readonly rows: Int32Array;
}

export interface TailInput {
  readonly stage: 'fine-tune' | 'refit';
  readonly settings: TrainSettings;
  readonly classes: number;
  /** Folder and row length of the cut cache. */
  readonly cache: { readonly folder: string; readonly valuesPerRow: number };
  readonly train: CutPhotos;
  /** Photos that choose the best epoch; null when there are none. */
  readonly validation: CutPhotos | null;
  /** The last layer to begin with. */
  readonly head: HeadWeights;
  /** Ends after so many of the settings' epochs, on the same schedule; null for all. */
  readonly lastEpoch: number | null;
  /** Photos of a batch that go through the tail at once, all by default: less memory, the same result. */
  readonly photosAtOnce?: number | undefined;
  /** File that is written after every epoch, and gone on from when it is there. */
  readonly checkpoint: string;
}
