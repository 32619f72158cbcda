import type { Picture } from '../paint.ts';

/** Units in a row at most. */
const longest = 64;

/** Units as rows of a picture, all of nearly the same length; what is left of the last is 0. */
export function unitRows(units: Uint8Array): Omit<Picture, 'channels'> {
  const height = Math.ceil(units.length / longest);
  const width = Math.ceil(units.length / Math.max(1, height));
  const bytes = new Uint8Array(width * height);
  bytes.set(units);
  return { width, height, bytes };
}
