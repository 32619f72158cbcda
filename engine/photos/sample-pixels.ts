import { halve, type Pixels } from './pixels.ts';

/** The part of a photo that is shown, in pixels of the photo. */
export interface Placement {
  /** Its centre. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Radians by which the part is turned, clockwise as seen. */
  angle: number;
  mirrored: boolean;
  /** What lies beyond the photo's edge. */
  beyond: 'mirror' | 'grey';
}

/** Factors; 1 changes nothing. Contrast is about middle grey, saturation about the pixel's luma (ITU-R BT.601). */
export interface ColourChange {
  brightness: number;
  contrast: number;
  saturation: number;
}

const middleGrey = 127;
/** Photo pixels per sampled pixel above which bilinear interpolation would skip some; then the halved photo is sampled. */
const coarsest = 1.5;

/**
 * The placed part of a photo as [size, size, 3] uint8 RGB, bilinear, from the photo or its halves, colours changed in the same
 * pass. sharp's rotate, extract and resize in a row take ten times as long.
 */
export function sample(photo: Pixels, size: number, placement: Placement, colour: ColourChange): Uint8Array {
  let source = photo;
  let scale = 1;
  while (
    Math.max(placement.width, placement.height) * scale > coarsest * size &&
    source.width * source.height > 1
  ) {
    source = halve(source);
    scale /= 2;
  }
  return sampleLevel(source, size, place(placement, size, scale), placement.beyond === 'grey', colour);
}

/** Where sampled pixel (column i, row j) lies in the source: x = x0 + i·xi + j·xj, and y alike. */
interface Grid {
  x0: number;
  xi: number;
  xj: number;
  y0: number;
  yi: number;
  yj: number;
}

function place({ x, y, width, height, angle, mirrored }: Placement, size: number, scale: number): Grid {
  const stepI = ((mirrored ? -width : width) / size) * scale;
  const stepJ = (height / size) * scale;
  // The part turned clockwise is the photo sampled along axes that are turned the other way.
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [xi, xj, yi, yj] = [stepI * cos, stepJ * sin, -stepI * sin, stepJ * cos];
  const first = (1 - size) / 2;
  return { x0: x * scale - 0.5 + first * (xi + xj), xi, xj, y0: y * scale - 0.5 + first * (yi + yj), yi, yj };
}

/** The inner loop of augmentation: plain arithmetic on purpose, 1 ms for 224 × 224. */
function sampleLevel(
  source: Pixels,
  size: number,
  grid: Grid,
  barred: boolean,
  colour: ColourChange,
): Uint8Array {
  const { data, width, height } = source;
  const gain = colour.contrast * colour.brightness;
  const own = gain * colour.saturation;
  const shared = gain - own;
  const offset = middleGrey * (1 - colour.contrast);
  const out = new Uint8ClampedArray(size * size * 3).fill(middleGrey);
  for (let j = 0, to = 0; j < size; j++)
    for (let i = 0; i < size; i++, to += 3) {
      const x = grid.x0 + i * grid.xi + j * grid.xj;
      const y = grid.y0 + i * grid.yi + j * grid.yj;
      let left = Math.floor(x);
      let top = Math.floor(y);
      const fx = x - left;
      const fy = y - top;
      let right = left + 1;
      let bottom = top + 1;
      if (left < 0 || top < 0 || right >= width || bottom >= height) {
        if (barred && (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5)) continue;
        left = inside(left, width);
        right = inside(right, width);
        top = inside(top, height);
        bottom = inside(bottom, height);
      }
      const a = (top * width + left) * 3;
      const b = (top * width + right) * 3;
      const c = (bottom * width + left) * 3;
      const d = (bottom * width + right) * 3;
      const wd = fx * fy;
      const wb = fx - wd;
      const wc = fy - wd;
      const wa = 1 - fx - wc;
      const red = at(data, a) * wa + at(data, b) * wb + at(data, c) * wc + at(data, d) * wd;
      const green = at(data, a + 1) * wa + at(data, b + 1) * wb + at(data, c + 1) * wc + at(data, d + 1) * wd;
      const blue = at(data, a + 2) * wa + at(data, b + 2) * wb + at(data, c + 2) * wc + at(data, d + 2) * wd;
      const rest = shared * (0.299 * red + 0.587 * green + 0.114 * blue) + offset;
      out[to] = own * red + rest;
      out[to + 1] = own * green + rest;
      out[to + 2] = own * blue + rest;
    }
  return new Uint8Array(out.buffer);
}

function at(data: Uint8Array, index: number): number {
  return data[index] ?? 0;
}

/** Index `i` mirrored into 0 … n − 1, the edge pixel repeated. */
function inside(i: number, n: number): number {
  const wrapped = ((i % (2 * n)) + 2 * n) % (2 * n);
  return wrapped < n ? wrapped : 2 * n - 1 - wrapped;
}
