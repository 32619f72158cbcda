import { beforeAll, describe, expect, test } from 'vitest';
import type { Augmentation, Framing } from '../../contract/index.ts';
import { augmentPhoto } from './augment-photo.ts';
import { scene, type Colour } from './fixtures.ts';
import { framePhoto } from './frame-photo.ts';
import { readPixels, type Pixels } from './pixels.ts';
import { readWorkingCopy } from './working-copy.ts';

const size = 64;
const none: Augmentation = {
  flip: false,
  rotate: 0,
  cropArea: 1,
  cropAspect: 1,
  brightness: 0,
  contrast: 0,
  saturation: 0,
};
const every: Augmentation = {
  flip: true,
  rotate: 20,
  cropArea: 0.4,
  cropAspect: 1.3,
  brightness: 0.2,
  contrast: 0.2,
  saturation: 0.2,
};

/** Numbers in [0, 1) that seem random and are the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
const always = (value: number) => () => value;

/** A flat picture of one colour, decoded. */
const flat = ([r, g, b]: Colour, width = 8, height = 8): Pixels => ({
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => [r, g, b][i % 3] ?? 0),
  width,
  height,
});

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

let image: Buffer;
beforeAll(async () => void (image = (await readWorkingCopy(await scene(6).jpeg().toBuffer())).image));

describe('augmentation', () => {
  test('without changes shows what prediction sees, in every framing', async () => {
    // 96 is a size that the photo's 512 × 384 comes to without a fraction of a pixel in any framing.
    for (const framing of ['stretch', 'fit', 'crop'] as Framing[]) {
      const changed = await augmentPhoto(image, 96, framing, none, always(0.5));
      expect(meanDifference(changed, await framePhoto(image, 96, framing))).toBeLessThan(1);
    }
  });

  test('the same numbers give the same pixels, others give others, from the image or its pixels', async () => {
    const pixels = await readPixels(image);
    const a = await augmentPhoto(image, size, 'stretch', every, numbers(1));
    const b = await augmentPhoto(pixels, size, 'stretch', every, numbers(1));
    const c = await augmentPhoto(pixels, size, 'stretch', every, numbers(2));
    expect(a).toEqual(b);
    expect(meanDifference(a, c)).toBeGreaterThan(3);
  });

  test('as many numbers are drawn whatever is changed', async () => {
    for (const augmentation of [none, every]) {
      let drawn = 0;
      await augmentPhoto(flat([0, 0, 0]), size, 'stretch', augmentation, () => (drawn++, 0.5));
      expect(drawn).toBe(9);
    }
  });

  test('flip mirrors left and right', async () => {
    const picture = { data: Uint8Array.of(10, 10, 10, 200, 200, 200), width: 2, height: 1 };
    const plain = await augmentPhoto(picture, 2, 'stretch', none, always(0.1));
    const flipped = await augmentPhoto(picture, 2, 'stretch', { ...none, flip: true }, always(0.1));
    expect([plain[0], plain[3]]).toEqual([10, 200]);
    expect([flipped[0], flipped[3]]).toEqual([200, 10]);
  });

  test('rotate turns clockwise for large numbers', async () => {
    // Left column dark: after a quarter turn clockwise the upper row is dark.
    const picture = { data: new Uint8Array(8 * 8 * 3).fill(200), width: 8, height: 8 };
    for (let y = 0; y < 8; y++) picture.data.fill(10, y * 24, y * 24 + 12);
    const turned = await augmentPhoto(picture, 8, 'stretch', { ...none, rotate: 90 }, always(1 - 1e-12));
    const at = (x: number, y: number) => turned[(y * 8 + x) * 3];
    expect([at(4, 0), at(4, 7)]).toEqual([10, 200]);
  });

  test('crop keeps the share of the area that was drawn', async () => {
    // A ramp of 100 columns: a quarter of the area is half of the width.
    const data = Uint8Array.from({ length: 100 * 100 * 3 }, (_, i) => Math.floor(i / 3) % 100);
    const ramp = { data, width: 100, height: 100 };
    const random = numbers(3);
    const draws = [0, 0.5, 0.5];
    const cropped = await augmentPhoto(
      ramp,
      50,
      'stretch',
      { ...none, cropArea: 0.25 },
      () => draws.shift() ?? random(),
    );
    const row = [...cropped.slice(0, 150)].filter((_, i) => i % 3 === 0);
    expect([row[0], row[49]]).toEqual([25, 74]);
  });

  test('brightness scales, contrast spreads about middle grey, saturation about luma', async () => {
    const first = async (colour: Colour, augmentation: Augmentation) =>
      [...(await augmentPhoto(flat(colour), 4, 'stretch', augmentation, always(1 - 1e-12)))].slice(0, 3);
    expect(await first([100, 50, 200], { ...none, brightness: 0.2 })).toEqual([120, 60, 240]);
    expect(await first([100, 50, 200], { ...none, contrast: 0.4 })).toEqual([89, 19, 229]);
    // Luma 0.299 · 100 + 0.587 · 50 + 0.114 · 200 = 82.05.
    expect(await first([100, 50, 200], { ...none, saturation: 0.5 })).toEqual([109, 34, 255]);
  });

  test('beyond the photo’s edge it is mirrored, with whole-frame framing grey', async () => {
    const white = flat([255, 255, 255], 8, 4);
    const turn = { ...none, rotate: 45 };
    const stretched = await augmentPhoto(white, size, 'stretch', turn, always(1 - 1e-12));
    expect(new Set(stretched)).toEqual(new Set([255]));
    const fitted = await augmentPhoto(white, size, 'fit', turn, always(1 - 1e-12));
    expect([...fitted.slice(0, 3)]).toEqual([127, 127, 127]);
    expect(fitted[(32 * size + 32) * 3]).toBe(255);
  });

  test('a single pixel and a line can be augmented', async () => {
    for (const [width, height] of [
      [1, 1],
      [512, 1],
      [1, 512],
    ])
      expect(
        new Set(
          await augmentPhoto(
            flat([9, 9, 9], width, height),
            4,
            'crop',
            { ...every, brightness: 0, contrast: 0 },
            numbers(7),
          ),
        ),
      ).toEqual(new Set([9]));
  });
});
