/** Bytes that one cut cache may take on the disk. Not what happens to be free: a run that is resumed needs the same answer. */
const budget = 8 * 2 ** 30;

/**
 * How many variants of each photo fit the disk budget of a cut cache, at most `wanted` and at least the plain one. A row is
 * float16.
 */
export function variantsWithin(wanted: number, photos: number, valuesPerRow: number, bytes = budget): number {
  const fitting = Math.floor(bytes / (photos * valuesPerRow * Float16Array.BYTES_PER_ELEMENT));
  return Math.max(1, Math.min(wanted, fitting));
}
