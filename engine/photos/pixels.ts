import { sharp } from './sharp.ts';

/** Decoded pixels: [height, width, 3] uint8 RGB. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Decodes a working copy. */
export async function readPixels(image: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(image).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

const halves = new WeakMap<Pixels, Pixels>();

/** The same picture at half the size, each pixel the mean of four; made once. */
export function halve(pixels: Pixels): Pixels {
  const known = halves.get(pixels);
  if (known !== undefined) return known;
  const { data } = pixels;
  const width = Math.max(1, pixels.width >> 1);
  const height = Math.max(1, pixels.height >> 1);
  const right = pixels.width > 1 ? 3 : 0;
  const below = pixels.height > 1 ? pixels.width * 3 : 0;
  const half = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = 2 * y * pixels.width * 3;
    for (let x = 0; x < width; x++, from += 6)
      for (let at = from; at < from + 3; at++)
        half[to++] =
          ((data[at] ?? 0) +
            (data[at + right] ?? 0) +
            (data[at + below] ?? 0) +
            (data[at + below + right] ?? 0) +
            2) >>
          2;
  }
  const made = { data: half, width, height };
  halves.set(pixels, made);
  return made;
}
