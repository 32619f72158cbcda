import type { ImageShape } from '../../contract/index.ts';
import { taken } from '../lab/lab-sets.ts';
import type { LabelledImages } from '../lab/labelled-images.ts';
import { randomFor, shuffled } from '../random.ts';

/**
 * So many images of each class, drawn by the seed; fewer where a class has fewer. A larger draw of the same seed is a smaller one
 * and others.
 */
export function drawOfEachClass(images: LabelledImages, perClass: number, seed: number): LabelledImages {
  const counts = new Int32Array(images.classNames.length);
  const order = shuffled(images.labels.length, randomFor(seed, 'draw'));
  return taken(
    images,
    order.filter((place) => {
      const label = images.labels[place] ?? 0;
      const count = (counts[label] ?? 0) + 1;
      counts[label] = count;
      return count <= perClass;
    }),
  );
}

const directions = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [down, right] as const));
const away = directions.filter(([down, right]) => down !== 0 || right !== 0);

/** Every image moved by so many pixels in one of eight directions, which is the same each time; black comes in from the edge. */
export function movedImages(images: LabelledImages, by: number): LabelledImages {
  if (by === 0) return images;
  const values = images.shape[0] * images.shape[1] * images.shape[2];
  const pixels = new Uint8Array(images.pixels.length);
  for (let place = 0; place < images.labels.length; place++) {
    const image = images.pixels.subarray(place * values, (place + 1) * values);
    const [down, right] = away[Math.floor(away.length * randomFor('moved', place)())] ?? [0, 0];
    pixels.set(movedImage(image, images.shape, [by * down, by * right]), place * values);
  }
  return { ...images, pixels };
}

/** One image `[height, width, channels]` moved by whole pixels, up and left where they are less than zero. */
export function movedImage(
  image: Uint8Array,
  [height, width, channels]: ImageShape,
  [down, right]: readonly [down: number, right: number],
): Uint8Array {
  const moved = new Uint8Array(image.length);
  const [left, end] = [Math.max(0, right), Math.min(width, width + right)];
  if (left >= end) return moved;
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    const from = ((y - down) * width + left - right) * channels;
    moved.set(image.subarray(from, from + (end - left) * channels), (y * width + left) * channels);
  }
  return moved;
}
