/** Bytes in memory that is given back by disposing of it; they are another's then. */
export interface LentMemory extends Disposable {
  readonly bytes: Buffer;
}

/** A photo that needs up to so much more memory than it has bytes may still have it. */
const slack = 2;
const mostKept = 64 * 2 ** 20;
let kept: Buffer[] = [];

/**
 * Lends memory for `size` bytes of a photo or more, with whatever was in it before. A new buffer for each photo, of
 * megabytes, made V8 collect garbage after every fifth one: with that, and the system clearing the pages, a seventh of the
 * processor time of an import.
 */
export function lendMemory(size: number): LentMemory {
  const fitting = kept.filter(({ length }) => length >= size && length <= size * slack);
  const [first] = fitting.toSorted((a, b) => a.length - b.length);
  kept = kept.filter((each) => each !== first);
  const bytes = first ?? Buffer.allocUnsafeSlow(Math.ceil(size * 1.25));
  return { bytes, [Symbol.dispose]: () => keep(bytes) };
}

function keep(bytes: Buffer): void {
  if (kept.includes(bytes)) return;
  kept.push(bytes);
  let total = kept.reduce((sum, { length }) => sum + length, 0);
  // The oldest are of sizes that are asked for less.
  while (total > mostKept) total -= kept.shift()?.length ?? total;
}
