/** Pixels that may be held decoded at once: about a gigabyte with what the decoders need beside them. */
const budget = 100e6;
let held = 0;
let waiting: (() => void)[] = [];

/** Does `work`, which holds a whole picture of so many pixels in memory, once there is room for it; alone if it is larger. */
export async function withinMemory<T>(pixels: number, work: () => Promise<T>): Promise<T> {
  while (held > 0 && held + pixels > budget) await new Promise<void>((proceed) => waiting.push(proceed));
  held += pixels;
  try {
    return await work();
  } finally {
    held -= pixels;
    const woken = waiting;
    waiting = [];
    for (const proceed of woken) proceed();
  }
}
