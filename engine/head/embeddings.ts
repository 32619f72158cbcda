import { openFeatureCache, type FeatureCache } from '../features/feature-cache.ts';

/** Rows that are one matrix while a head is fitted. */
export const blockRows = 4096;
/** So many rows stay in memory meanwhile, 105 MB of 1280 values each; the others are read anew every time. */
export const keptRows = 5 * blockRows;

/** Embeddings of photos, read as they are needed: those of a large library are more than should be in memory. */
export interface Embeddings {
  /** Rows, one for each photo and variant. */
  readonly count: number;
  /** Values of a row. */
  readonly size: number;
  /** Fills `rows`, `[n, size]` float32, with those from `from` on. Throws NOT_READABLE when one is damaged. */
  read(from: number, rows: Float32Array): void;
}

/** Where embeddings are in a feature cache. Plain data. */
export interface EmbeddingRows {
  /** Folder and row length. */
  readonly cache: { readonly folder: string; readonly valuesPerRow: number };
  readonly rows: Int32Array;
}

/** Embeddings that are in memory, `[count, size]`. */
export function embeddingsIn(values: Float32Array, size: number): Embeddings {
  const read = (from: number, rows: Float32Array) =>
    rows.set(values.subarray(from * size, from * size + rows.length));
  return { count: values.length / size, size, read };
}

/** Some rows of an open cache. */
export function cachedEmbeddings(cache: FeatureCache, rows: ArrayLike<number>): Embeddings {
  const size = cache.valuesPerRow;
  const places = Int32Array.from(rows);
  const read = (from: number, values: Float32Array) =>
    cache.readInto(values, places.subarray(from, from + values.length / size));
  return { count: places.length, size, read };
}

/** Opens embeddings of a cache. To be disposed. */
export function openEmbeddings({ cache, rows }: EmbeddingRows): Embeddings & Disposable {
  const opened = openFeatureCache(cache.folder, cache.valuesPerRow, { readOnly: true });
  return { ...cachedEmbeddings(opened, rows), [Symbol.dispose]: () => opened[Symbol.dispose]() };
}

/** Goes through all rows, some at a time: `rows`, `[n, size]`, those from `from` on, until the next are asked for. */
export function* rowsInTurn(
  embeddings: Embeddings,
  atOnce = 256,
): Generator<{ from: number; rows: Float32Array }> {
  const { count, size } = embeddings;
  const all = new Float32Array(Math.min(atOnce, count) * size);
  for (let from = 0; from < count; from += atOnce) {
    const rows = all.subarray(0, Math.min(atOnce, count - from) * size);
    embeddings.read(from, rows);
    yield { from, rows };
  }
}
