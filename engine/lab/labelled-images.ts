import type { ImageShape } from '../../contract/index.ts';

/** Images of one size with their labels, all in memory. */
export interface LabelledImages {
  /** Height, width and channels of each. */
  readonly shape: ImageShape;
  readonly classNames: readonly string[];
  /** Class index of each, `[n]`. */
  readonly labels: Int32Array;
  /** 0 … 255, `[n, height, width, channels]`. */
  readonly pixels: Uint8Array;
}
