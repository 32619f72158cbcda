import type { ImageShape } from '../../contract/index.ts';
import { randomFor, type Random } from '../random.ts';
import type { LabelledImages } from './labelled-images.ts';

/** Random changes of an image; each is the largest that may happen. */
export interface Variation {
  /** Share of the side, in either direction. */
  readonly shift: number;
  /** Degrees either way. */
  readonly rotate: number;
  /** Share by which width and height grow or shrink, each by itself. */
  readonly zoom: number;
  /** Degrees by which upright lines lean. */
  readonly lean: number;
  /** Share of the side by which single parts are pushed, each by itself, as no two people write alike (Simard et al. 2003). */
  readonly bend: number;
  /** Whether half of them are mirrored. */
  readonly mirror: boolean;
}

/** How images are varied in an epoch: the same on every machine, as seed, epoch and place demand. */
export interface Varied {
  readonly variation: Variation;
  readonly seed: number;
  readonly epoch: number;
}

/**
 * The images at some places, one after the other, `[places, ...shape]` uint8; resized, grey repeated where the shape has more
 * channels, varied unless that is null. What comes in from beyond an edge is the edge.
 */
export function imagesAt(
  images: Pick<LabelledImages, 'pixels' | 'shape'>,
  places: Int32Array,
  { shape = images.shape, varied = null }: { shape?: ImageShape; varied?: Varied | null } = {},
): Uint8Array {
  const [values, wanted] = [valuesOf(images.shape), valuesOf(shape)];
  const isSame = images.shape.every((size, i) => size === shape[i]);
  const found = new Uint8Array(places.length * wanted);
  for (const [i, place] of places.entries()) {
    const image = images.pixels.subarray(place * values, (place + 1) * values);
    const into = found.subarray(i * wanted, (i + 1) * wanted);
    if (varied === null && isSame) into.set(image);
    else {
      const random = varied && randomFor(varied.seed, 'variation', varied.epoch, place);
      const change = random ? drawn(varied.variation, shape, random) : unchanged;
      const pushed =
        random && varied.variation.bend > 0 ? pushes(varied.variation.bend, images.shape, random) : null;
      sample(image, images.shape, into, shape, inverseOf(change, images.shape, shape), pushed);
    }
  }
  return found;
}

const valuesOf = ([height, width, channels]: ImageShape) => height * width * channels;

/** What happens to an image, about its middle. Lengths are of the new image. */
interface Change {
  readonly angle: number;
  /** Tangent of how much upright lines lean. */
  readonly lean: number;
  readonly wider: number;
  readonly taller: number;
  readonly right: number;
  readonly down: number;
  readonly mirrored: boolean;
}

const unchanged: Change = { angle: 0, lean: 0, wider: 1, taller: 1, right: 0, down: 0, mirrored: false };

function drawn(most: Variation, [height, width]: ImageShape, random: Random): Change {
  const draw = (largest: number) => largest * (2 * random() - 1);
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  return {
    angle: radians(draw(most.rotate)),
    lean: Math.tan(radians(draw(most.lean))),
    wider: 1 + draw(most.zoom),
    taller: 1 + draw(most.zoom),
    right: width * draw(most.shift),
    down: height * draw(most.shift),
    mirrored: random() < 0.5 && most.mirror,
  };
}

/** Where a place of the new image lies in the old one: `x' = a x + b y + c`, `y' = d x + e y + f`. */
type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

function inverseOf(change: Change, [height, width]: ImageShape, [newHeight, newWidth]: ImageShape): Affine {
  const { angle, lean, wider, taller, right, down, mirrored } = change;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const across = ((mirrored ? -1 : 1) * width) / newWidth / wider;
  const along = height / newHeight / taller;
  const [a, b] = [across * (cos + lean * sin), across * (lean * cos - sin)];
  const [d, e] = [along * sin, along * cos];
  const [x, y] = [(newWidth - 1) / 2 + right, (newHeight - 1) / 2 + down];
  return [a, b, (width - 1) / 2 - a * x - b * y, d, e, (height - 1) / 2 - d * x - e * y];
}

/** Points along a side that are pushed; between them the push changes evenly. */
const points = 5;

/** How far each point of a grid is pushed, across and along, in places of the old image: `[points, points, 2]`. */
function pushes(most: number, [height, width]: ImageShape, random: Random): Float32Array {
  return Float32Array.from({ length: points * points * 2 }, (_, i) => {
    const side = i % 2 === 0 ? width : height;
    return side * most * (2 * random() - 1);
  });
}

/** The pushes of a row of the new image, `[points, 2]`; `share` of the way down. */
function pushesOfRow(pushed: Float32Array, share: number, into: Float32Array): void {
  const place = share * (points - 1);
  const above = Math.min(points - 2, Math.floor(place));
  const near = above * points * 2;
  for (let i = 0; i < into.length; i++) {
    const upper = pushed[near + i] ?? 0;
    into[i] = upper + (place - above) * ((pushed[near + points * 2 + i] ?? 0) - upper);
  }
}

/** Bilinear. Plain arithmetic, because here is where the time goes: 60,000 digits an epoch. */
function sample(
  from: Uint8Array,
  [height, width, channels]: ImageShape,
  into: Uint8Array,
  [newHeight, newWidth, newChannels]: ImageShape,
  [a, b, c, d, e, f]: Affine,
  pushed: Float32Array | null,
): void {
  const lastX = width - 1;
  const lastY = height - 1;
  const ofRow = new Float32Array(points * 2);
  const cells = (points - 1) / Math.max(1, newWidth - 1);
  let to = 0;
  for (let row = 0; row < newHeight; row++) {
    if (pushed !== null) pushesOfRow(pushed, row / Math.max(1, newHeight - 1), ofRow);
    for (let column = 0; column < newWidth; column++) {
      let x = a * column + b * row + c;
      let y = d * column + e * row + f;
      if (pushed !== null) {
        const cell = Math.min(points - 2, (column * cells) | 0);
        const share = column * cells - cell;
        const at = 2 * cell;
        x += (1 - share) * (ofRow[at] ?? 0) + share * (ofRow[at + 2] ?? 0);
        y += (1 - share) * (ofRow[at + 1] ?? 0) + share * (ofRow[at + 3] ?? 0);
      }
      const insideX = x < 0 ? 0 : x > lastX ? lastX : x;
      const insideY = y < 0 ? 0 : y > lastY ? lastY : y;
      const left = insideX | 0;
      const top = insideY | 0;
      const shareX = insideX - left;
      const shareY = insideY - top;
      const near = (top * width + left) * channels;
      const right = left < lastX ? channels : 0;
      const below = top < lastY ? width * channels : 0;
      for (let channel = 0; channel < newChannels; channel++) {
        const at = near + (channel < channels ? channel : 0);
        const upperLeft = from[at] ?? 0;
        const lowerLeft = from[at + below] ?? 0;
        const upper = upperLeft + shareX * ((from[at + right] ?? 0) - upperLeft);
        const lower = lowerLeft + shareX * ((from[at + below + right] ?? 0) - lowerLeft);
        into[to++] = upper + shareY * (lower - upper) + 0.5;
      }
    }
  }
}
