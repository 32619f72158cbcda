import { mapSide, mostMaps, type FeatureMaps } from '../../contract/index.ts';

/** What a layer gives for one image: maps `[height, width, channels]`, or units `[units]`, `[1, 1, units]`; float32. */
export interface LayerValues {
  readonly layer: string;
  readonly kind: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface MapOptions {
  readonly most?: number;
  readonly side?: number;
  /** In the network's order and on one scale; else the strongest first, each on its own scale. */
  readonly steady?: boolean;
}

interface Plane {
  readonly channel: number;
  readonly strength: number;
  /** `[height, width]`. */
  readonly points: Float32Array;
  readonly low: number;
  readonly high: number;
}

/**
 * What a layer gives as pictures that are small enough to send: at most `most` maps, no side longer than `side`, to which a map
 * is brought by means over squares.
 */
export function toFeatureMaps(
  { layer, kind, shape, values }: LayerValues,
  { most = mostMaps, side = mapSide, steady = false }: MapOptions = {},
): FeatureMaps {
  const isPicture = shape.length === 3 && shape[0] !== 1;
  const [rows = 1, columns = 1, channels = 1] = isPicture ? shape : [1, values.length];
  // Units are one row, and all of them are shown.
  const square = isPicture ? Math.ceil(Math.max(rows, columns) / side) : 1;
  const [height, width] = [Math.ceil(rows / square), Math.ceil(columns / square)];
  const planes = Array.from({ length: channels }, (_, channel) => {
    const points = means(values, { rows, columns, channels, channel, square });
    return { channel, strength: strengthOf(values, channel, channels), points, ...rangeOf(points) };
  });
  if (!steady) planes.sort((a, b) => b.strength - a.strength);
  const shown = steady ? onOneScale(planes.slice(0, most)) : planes.slice(0, most);
  const bytes = new Uint8Array(shown.length * height * width);
  shown.forEach(({ points, low, high }, i) => {
    const perByte = (high - low) / 255 || 1;
    bytes.set(
      points.map((value) => Math.round((value - low) / perByte)),
      i * height * width,
    );
  });
  return {
    layer,
    kind,
    shape: [...shape],
    height,
    width,
    maps: shown.map(({ points: _, ...map }) => map),
    values: Buffer.from(bytes.buffer).toString('base64'),
  };
}

interface PlaneOf {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly channel: number;
  /** Side of the squares whose mean is taken; those at the edge are cut. */
  readonly square: number;
}

function means(values: Float32Array, { rows, columns, channels, channel, square }: PlaneOf): Float32Array {
  const [height, width] = [Math.ceil(rows / square), Math.ceil(columns / square)];
  const points = new Float32Array(height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [bottom, right] = [Math.min(rows, (y + 1) * square), Math.min(columns, (x + 1) * square)];
      let sum = 0;
      for (let row = y * square; row < bottom; row++)
        for (let column = x * square; column < right; column++)
          sum += values[(row * columns + column) * channels + channel] ?? 0;
      points[y * width + x] = sum / ((bottom - y * square) * (right - x * square));
    }
  return points;
}

function strengthOf(values: Float32Array, channel: number, channels: number): number {
  let sum = 0;
  for (let i = channel; i < values.length; i += channels) sum += Math.abs(values[i] ?? 0);
  return sum / (values.length / channels);
}

function rangeOf(points: Float32Array): { low: number; high: number } {
  let [low, high] = [0, 0];
  for (const value of points) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function onOneScale(planes: readonly Plane[]): Plane[] {
  const low = Math.min(...planes.map((plane) => plane.low));
  const high = Math.max(...planes.map((plane) => plane.high));
  return planes.map((plane) => ({ ...plane, low, high }));
}
