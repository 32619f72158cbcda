import type { PixelScale } from '../../contract/index.ts';

/** A graph that is ready to run. */
export interface RunnableGraph {
  /**
   * Runs `n` photos, `[n, ...input shape]`: uint8 pixels where the graph was opened with a pixel scale, else float32.
   * Gives one float32 array `[n, ...shape]` per output. `n` may change from call to call.
   */
  run(input: Uint8Array | Float32Array, n: number): Promise<Float32Array[]>;
  /** Frees its memory; it can't run again. */
  dispose(): void;
}

export interface GraphOptions {
  /** The input is then uint8 pixels, scaled inside the graph. */
  readonly pixelScale?: PixelScale | undefined;
  /** Where a file may be put while the graph is being loaded; the system's temporary folder by default. */
  readonly cacheFolder?: string | undefined;
}
