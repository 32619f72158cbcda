import { image, valuesOf, type Shape } from './layer.ts';
import type { MeasuredLayer } from './measure-layers.ts';

/** Layers that a network which only predicts does in the place of what they read. */
const inPlace = new Set(['flatten', 'dropout', 'activation', 'batch-norm']);

/**
 * The most values of one image that must be there at the same time while the layers run one after the other, each result being
 * let go after its last reader. In a chain these are the two largest neighbours, the image counting as a layer.
 */
export function largestAlive(layers: readonly MeasuredLayer[], input: Shape): number {
  const readers = new Map<string, number>();
  for (const name of layers.flatMap(({ inputs }) => inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  /** The memory that a layer's output lies in, by the layer's name. */
  const places = new Map([[image, { size: valuesOf(input), readers: readers.get(image) ?? 0 }]]);
  let alive = valuesOf(input);
  let largest = alive;
  for (const { name, inputs, spec, shape } of layers) {
    const read = inputs.flatMap((each) => places.get(each) ?? []);
    const own = readers.get(name) ?? 0;
    const [only] = read;
    if (inPlace.has(spec.kind) && only?.readers === 1) {
      only.readers = own;
      places.set(name, only);
      continue;
    }
    const size = valuesOf(shape);
    places.set(name, { size, readers: own });
    alive += size;
    largest = Math.max(largest, alive);
    for (const place of read) if (--place.readers === 0) alive -= place.size;
  }
  return largest;
}
