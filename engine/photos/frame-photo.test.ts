import { expect, test } from 'vitest';
import { blue, cornered, distance, red, scene, type Colour } from './fixtures.ts';
import { framePhoto } from './frame-photo.ts';
import { readWorkingCopy } from './working-copy.ts';

const size = 60;

function pixel(pixels: Uint8Array, x: number, y: number): Colour {
  const at = (y * size + x) * 3;
  return [pixels[at] ?? -1, pixels[at + 1] ?? -1, pixels[at + 2] ?? -1];
}

/** 300 × 100, its left half red above and blue below, the rest blue. */
const wide = async () => (await readWorkingCopy(await cornered(red, blue, 300, 100).png().toBuffer())).image;

test('stretch squeezes the whole photo into the square', async () => {
  const pixels = await framePhoto(await wide(), size, 'stretch');
  expect(pixels).toHaveLength(size * size * 3);
  expect(distance(pixel(pixels, 3, 3), red)).toBeLessThan(6);
  expect(distance(pixel(pixels, 26, 26), red)).toBeLessThan(6);
  expect(distance(pixel(pixels, 34, 26), blue)).toBeLessThan(6);
});

test('crop shows the middle at its own shape', async () => {
  const pixels = await framePhoto(await wide(), size, 'crop');
  // The middle 100 of 300 columns: the edge between red and blue stays in the centre.
  expect(distance(pixel(pixels, 3, 3), red)).toBeLessThan(6);
  expect(distance(pixel(pixels, 36, 3), blue)).toBeLessThan(6);
});

test('fit shows everything between bars of the networks’ mean grey', async () => {
  const pixels = await framePhoto(await wide(), size, 'fit');
  for (const y of [0, 18, 41, 59]) expect(pixel(pixels, 30, y)).toEqual([127, 127, 127]);
  expect(distance(pixel(pixels, 3, 24), red)).toBeLessThan(6);
  expect(distance(pixel(pixels, 57, 36), blue)).toBeLessThan(6);
});

test('prediction of a photo sees the very bytes that training saw', async () => {
  const original = await scene(5).jpeg().toBuffer();
  const stored = (await readWorkingCopy(original)).image;
  const predicted = await framePhoto((await readWorkingCopy(original)).image, 224, 'crop');
  expect(Buffer.from(predicted).equals(Buffer.from(await framePhoto(stored, 224, 'crop')))).toBe(true);
});
