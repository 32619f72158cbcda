import sharp, { type Sharp } from 'sharp';
import { SkipError } from './skip-error.ts';

/** What tests of this folder start from: small pictures whose pixels are known. */
export type Colour = [red: number, green: number, blue: number];

export const red: Colour = [255, 0, 0];
export const blue: Colour = [0, 0, 255];
export const white: Colour = [255, 255, 255];
export const black: Colour = [0, 0, 0];

/** A picture, 64 × 32: its left upper quarter of one colour, the rest of another. */
export function cornered(corner: Colour = red, rest: Colour = blue, width = 64, height = 32): Sharp {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set(x < width / 2 && y < height / 2 ? corner : rest, (y * width + x) * 3);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A picture without two equal regions, as a photo is: smooth waves of many periods. */
export function scene(seed: number, width = 640, height = 480): Sharp {
  const data = new Uint8Array(width * height * 3);
  const wave = (x: number, y: number, k: number) =>
    Math.sin(((x * (k + 1)) / width) * 7 + seed * k) +
    Math.cos(((y * (k + 2)) / height) * 5 - seed * (k + 1));
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++)
        data[at++] = 128 + 25 * (wave(x, y, channel) + wave(y, x, channel + 3));
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** RGB of the pixel at a place given as shares of width and height. */
export async function colourAt(image: Buffer, across: number, down: number): Promise<Colour> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(down * info.height) * info.width + Math.floor(across * info.width)) * info.channels;
  return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
}

/** Largest difference of two colours in any channel. */
export function distance(a: Colour, b: Colour): number {
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))));
}

/** The error that reading rejects with. Fails when it does not. */
export async function skipOf(reading: Promise<unknown> | (() => unknown)): Promise<SkipError> {
  try {
    await (typeof reading === 'function' ? reading() : reading);
  } catch (error) {
    if (error instanceof SkipError) return error;
    throw error;
  }
  throw new Error('nothing was skipped');
}
