import { rowsInTurn, type Embeddings } from './embeddings.ts';
import type { HeadWeights } from './head.ts';

/**
 * What features are standardised by. One deviation serves them all: with one for each, a feature that hardly changes among few
 * photos would count as much as any, and from new photos it says nothing (`bench/RESULTS.md`).
 */
export interface Statistics {
  /** Of each feature, `[size]`. */
  readonly means: Float64Array;
  /** Root mean square distance of the features from their means; 1 where nothing ever changes. */
  readonly deviation: number;
}

/** A variance below this part of the mean square is rounding. */
const constant = 1e-10;

/** Sums over photos of each feature's distance from `origin`, `[size]`, and of its square. */
interface Sums {
  photos: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/**
 * The statistics of all photos, and, of each fold of `foldOf`, of the photos of the others. What is held out has no part in
 * what it is judged by, not even in this.
 */
export function statisticsOf(
  embeddings: Embeddings,
  foldOf: Int32Array | null,
): { all: Statistics; without: Statistics[] } {
  const { count, size } = embeddings;
  const folds = foldOf ? foldOf.reduce((most, fold) => Math.max(most, fold + 1), 0) : 1;
  const parts = Array.from({ length: folds }, (): Sums => {
    return { photos: 0, sums: new Float64Array(size), squares: new Float64Array(size) };
  });
  // Squares of distances from a photo, not from nought: little is lost where the deviation is small beside the mean.
  const origin = new Float32Array(size);
  if (count > 0) embeddings.read(0, origin);
  for (const { from, rows } of rowsInTurn(embeddings))
    for (let at = 0; at < rows.length; at += size) {
      const part = parts[foldOf?.[from + at / size] ?? 0];
      if (part) addRow(part, rows, at, origin);
    }
  const without = parts.map((out) =>
    ofSums(
      parts.filter((part) => part !== out),
      origin,
    ),
  );
  return { all: ofSums(parts, origin), without };
}

function addRow(part: Sums, rows: Float32Array, at: number, origin: Float32Array): void {
  const { sums, squares } = part;
  part.photos += 1;
  for (let j = 0; j < origin.length; j++) {
    const distance = (rows[at + j] ?? 0) - (origin[j] ?? 0);
    sums[j] = (sums[j] ?? 0) + distance;
    squares[j] = (squares[j] ?? 0) + distance * distance;
  }
}

function ofSums(parts: readonly Sums[], origin: Float32Array): Statistics {
  const photos = parts.reduce((sum, part) => sum + part.photos, 0);
  const mean = (of: 'sums' | 'squares', j: number) =>
    parts.reduce((sum, part) => sum + (part[of][j] ?? 0), 0) / photos;
  const distances = Float64Array.from(origin, (_, j) => mean('sums', j));
  const square = average(distances.map((_, j) => mean('squares', j)));
  const variance = square - average(distances.map((distance) => distance * distance));
  return {
    means: distances.map((distance, j) => (origin[j] ?? 0) + distance),
    deviation: variance > constant * square ? Math.sqrt(variance) : 1,
  };
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The statistics of features that were standardised by others. */
export function relativeTo(other: Statistics, { means, deviation }: Statistics): Statistics {
  return {
    means: means.map((mean, j) => (mean - (other.means[j] ?? 0)) / other.deviation),
    deviation: deviation / other.deviation,
  };
}

/**
 * A head of standardised features, kernel `[size, classes]` and bias `[classes]` in one, as the same function of the features
 * before that, likewise.
 */
export function unstandardised(point: Float64Array, { means, deviation }: Statistics): Float64Array {
  const [result, bias, classes] = split(point, means.length);
  for (let i = 0; i < bias; i++) {
    const feature = Math.floor(i / classes);
    const weight = (point[i] ?? 0) / deviation;
    result[i] = weight;
    const at = bias + (i % classes);
    result[at] = (result[at] ?? 0) - weight * (means[feature] ?? 0);
  }
  return result;
}

/** The inverse of `unstandardised`. */
export function standardised(point: Float64Array, { means, deviation }: Statistics): Float64Array {
  const [result, bias, classes] = split(point, means.length);
  for (let i = 0; i < bias; i++) {
    const [feature, weight] = [Math.floor(i / classes), point[i] ?? 0];
    result[i] = weight * deviation;
    const at = bias + (i % classes);
    result[at] = (result[at] ?? 0) + weight * (means[feature] ?? 0);
  }
  return result;
}

/** The gradient by a head of standardised features, from that by the head that `unstandardised` makes of it. */
export function standardisedGradient(gradient: Float64Array, { means, deviation }: Statistics): Float64Array {
  const [result, bias, classes] = split(gradient, means.length);
  for (let i = 0; i < bias; i++) {
    const feature = Math.floor(i / classes);
    const byBias = gradient[bias + (i % classes)] ?? 0;
    result[i] = ((gradient[i] ?? 0) - byBias * (means[feature] ?? 0)) / deviation;
  }
  return result;
}

/** A copy of a head, where in it the bias begins, and the number of classes. */
function split(point: Float64Array, size: number): [Float64Array, number, number] {
  const classes = point.length / (size + 1);
  return [point.slice(), size * classes, classes];
}

export function toHead(point: Float64Array, size: number): HeadWeights {
  const bias = (point.length / (size + 1)) * size;
  return {
    kernel: Float32Array.from(point.subarray(0, bias)),
    bias: Float32Array.from(point.subarray(bias)),
  };
}

export function fromHead({ kernel, bias }: HeadWeights): Float64Array {
  const point = new Float64Array(kernel.length + bias.length);
  point.set(kernel);
  point.set(bias, kernel.length);
  return point;
}
