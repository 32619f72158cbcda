import { expect, test } from 'vitest';
import type { LabelledImages } from '../lab/labelled-images.ts';
import { drawOfEachClass, movedImage, movedImages } from './image-sets.ts';

/** Pictures of 5 × 5 with one lit pixel in the middle, as bright as their number. */
function dots(count: number): LabelledImages {
  const pixels = new Uint8Array(count * 25);
  for (let i = 0; i < count; i++) pixels[i * 25 + 12] = i + 1;
  return {
    shape: [5, 5, 1],
    classNames: ['a', 'b', 'c'],
    labels: Int32Array.from({ length: count }, (_, i) => i % 3),
    pixels,
  };
}

const numbers = ({ pixels, labels }: LabelledImages) =>
  Array.from(labels, (_, i) => Math.max(...pixels.subarray(i * 25, (i + 1) * 25)));

test('an image moves by whole pixels, and what leaves it is lost', () => {
  const image = Uint8Array.from({ length: 12 }, (_, i) => i + 1);
  // Two rows of three, two channels: one row down, one column to the left.
  expect([...movedImage(image, [2, 3, 2], [1, -1])]).toEqual([0, 0, 0, 0, 0, 0, 3, 4, 5, 6, 0, 0]);
  expect([...movedImage(image, [2, 3, 2], [-1, 2])]).toEqual([0, 0, 0, 0, 7, 8, 0, 0, 0, 0, 0, 0]);
  expect(movedImage(image, [2, 3, 2], [0, 3]).every((value) => value === 0)).toBe(true);
});

test('images are moved in all eight directions, each time the same', () => {
  const images = dots(200);
  const moved = movedImages(images, 2);
  const places = Array.from(images.labels, (_, i) =>
    moved.pixels.subarray(i * 25, (i + 1) * 25).indexOf(i + 1),
  );
  expect(new Set(places)).toEqual(new Set([0, 2, 4, 10, 14, 20, 22, 24]));
  expect(movedImages(images, 2)).toEqual(moved);
  expect(movedImages(images, 0)).toEqual(images);
});

test('as many of each class are drawn, other ones with another seed, the same and others when there are more', () => {
  const images = dots(90);
  const [few, more, other] = [
    drawOfEachClass(images, 4, 1),
    drawOfEachClass(images, 9, 1),
    drawOfEachClass(images, 4, 2),
  ];
  expect([0, 1, 2].map((label) => few.labels.filter((each) => each === label).length)).toEqual([4, 4, 4]);
  expect(numbers(few).every((number, i) => (number - 1) % 3 === few.labels[i])).toBe(true);
  expect(new Set(numbers(more)).isSupersetOf(new Set(numbers(few)))).toBe(true);
  expect(numbers(other)).not.toEqual(numbers(few));
  expect(drawOfEachClass(images, 1000, 1).labels).toHaveLength(90);
});
