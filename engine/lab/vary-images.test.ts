import { expect, test } from 'vitest';
import type { ImageShape } from '../../contract/index.ts';
import { imagesAt, type Variation } from './vary-images.ts';

const still: Variation = { shift: 0, rotate: 0, zoom: 0, lean: 0, bend: 0, mirror: false };
const lively: Variation = { shift: 0.1, rotate: 15, zoom: 0.15, lean: 10, bend: 0.05, mirror: true };

/** Two pictures of 4 × 5 in grey: values that tell every place apart. */
const grey = {
  shape: [4, 5, 1] satisfies ImageShape,
  pixels: Uint8Array.from({ length: 40 }, (_, i) => 6 * i),
};

/** A bright square off the middle of 20 × 20, so that turns and shifts can be told. */
function square(): { shape: ImageShape; pixels: Uint8Array } {
  const pixels = new Uint8Array(400);
  for (let y = 5; y < 9; y++) pixels.fill(200, 20 * y + 6, 20 * y + 10);
  return { shape: [20, 20, 1], pixels };
}

/** Mean place and brightness of a picture. */
function centre(pixels: Uint8Array, side: number): { x: number; y: number; sum: number } {
  let [x, y, sum] = [0, 0, 0];
  for (const [i, value] of pixels.entries()) {
    x += (i % side) * value;
    y += Math.floor(i / side) * value;
    sum += value;
  }
  return { x: x / sum, y: y / sum, sum };
}

const varied = (variation: Variation, epoch = 0, seed = 1) => ({ varied: { variation, epoch, seed } });

test('gives the images of their places as they are', () => {
  expect([...imagesAt(grey, Int32Array.of(1, 0))]).toEqual([
    ...grey.pixels.subarray(20),
    ...grey.pixels.subarray(0, 20),
  ]);
});

test('a variation of nothing changes nothing', () => {
  expect(imagesAt(grey, Int32Array.of(0, 1), varied(still))).toEqual(grey.pixels);
});

test('follows from seed, epoch and place alone', () => {
  const once = imagesAt(square(), Int32Array.of(0), varied(lively));
  expect(imagesAt(square(), Int32Array.of(0), varied(lively))).toEqual(once);
  expect(imagesAt(square(), Int32Array.of(0), varied(lively, 1))).not.toEqual(once);
  expect(imagesAt(square(), Int32Array.of(0), varied(lively, 0, 2))).not.toEqual(once);
});

test('shifts by no more than it may, in both directions', () => {
  const from = centre(square().pixels, 20);
  const shifted = Array.from({ length: 50 }, (_, epoch) =>
    centre(imagesAt(square(), Int32Array.of(0), varied({ ...still, shift: 0.1 }, epoch)), 20),
  );
  const across = shifted.map(({ x }) => x - from.x);
  expect(Math.max(...across)).toBeGreaterThan(1);
  expect(Math.min(...across)).toBeLessThan(-1);
  expect(Math.max(...across.map(Math.abs))).toBeLessThan(2.05);
});

test('turns about the middle', () => {
  // It lies above the middle: a turn by up to 90° either way takes it to the side.
  const from = centre(square().pixels, 20);
  const turned = Array.from({ length: 20 }, (_, epoch) =>
    centre(imagesAt(square(), Int32Array.of(0), varied({ ...still, rotate: 90 }, epoch)), 20),
  );
  const distance = ({ x, y }: { x: number; y: number }) => Math.hypot(x - 9.5, y - 9.5);
  for (const place of turned) expect(distance(place)).toBeCloseTo(distance(from), 1);
  expect(Math.max(...turned.map(({ x }) => x))).toBeGreaterThan(11);
});

test('zooms width and height each by itself', () => {
  const area = centre(square().pixels, 20).sum;
  const zoomed = Array.from(
    { length: 40 },
    (_, epoch) =>
      centre(imagesAt(square(), Int32Array.of(0), varied({ ...still, zoom: 0.2 }, epoch)), 20).sum,
  );
  expect(Math.max(...zoomed) / area).toBeGreaterThan(1.15);
  expect(Math.max(...zoomed) / area).toBeLessThan(1.5);
  expect(Math.min(...zoomed) / area).toBeLessThan(0.85);
});

test('mirrors about half of them', () => {
  const images = Array.from({ length: 60 }, (_, epoch) =>
    imagesAt(square(), Int32Array.of(0), varied({ ...still, mirror: true }, epoch)),
  );
  const mirrored = images.filter((image) => centre(image, 20).x > 9.5 + 0.4);
  expect(mirrored.length).toBeGreaterThan(15);
  expect(mirrored.length).toBeLessThan(45);
  expect(centre(mirrored[0] ?? new Uint8Array(), 20).x).toBeCloseTo(19 - centre(square().pixels, 20).x);
});

test('beyond an edge there is the edge', () => {
  const bright = { shape: [8, 8, 1] satisfies ImageShape, pixels: new Uint8Array(64).fill(90) };
  for (let epoch = 0; epoch < 10; epoch++)
    expect(new Set(imagesAt(bright, Int32Array.of(0), varied(lively, epoch)))).toEqual(new Set([90]));
});

test('enlarges, and repeats grey for a network that reads colour', () => {
  const two = { shape: [1, 2, 1] satisfies ImageShape, pixels: Uint8Array.of(0, 100) };
  const large = imagesAt(two, Int32Array.of(0), { shape: [2, 4, 3] });
  // Places 0.25 apart from the old ones: 0, 25, 75, 100.
  const row = [0, 0, 0, 25, 25, 25, 75, 75, 75, 100, 100, 100];
  expect([...large]).toEqual([...row, ...row]);
});

test('colours stay with their places', () => {
  const colours = { shape: [1, 2, 3] satisfies ImageShape, pixels: Uint8Array.of(10, 20, 30, 200, 210, 220) };
  const images = Array.from({ length: 20 }, (_, epoch) => [
    ...imagesAt(colours, Int32Array.of(0), varied({ ...still, mirror: true }, epoch)),
  ]);
  expect(images).toContainEqual([10, 20, 30, 200, 210, 220]);
  expect(images).toContainEqual([200, 210, 220, 10, 20, 30]);
});

test('bends: parts are pushed each by itself, none further than it may', () => {
  const pixels = new Uint8Array(400);
  for (let y = 0; y < 20; y++) pixels.fill(200, 20 * y + 9, 20 * y + 11);
  const bar = { shape: [20, 20, 1] satisfies ImageShape, pixels };
  const pushed = Array.from({ length: 20 }, (_, epoch) => {
    const image = imagesAt(bar, Int32Array.of(0), varied({ ...still, bend: 0.1 }, epoch));
    return Array.from({ length: 20 }, (_, y) => centre(image.subarray(20 * y, 20 * y + 20), 20).x - 9.5);
  });
  expect(Math.max(...pushed.flat().map(Math.abs))).toBeLessThan(2.3);
  for (const rows of pushed) expect(Math.max(...rows) - Math.min(...rows)).toBeGreaterThan(0.2);
});
