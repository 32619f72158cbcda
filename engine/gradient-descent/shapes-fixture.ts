import { randomFor } from '../random.ts';
import type { LabelledPixels } from './train-network.ts';

/** Whether a place so far from the middle of a shape is lit. */
type Shape = (dx: number, dy: number, size: number) => boolean;

const drawn: Shape[] = [
  (dx, dy, size) => Math.hypot(dx, dy) < size,
  (dx, dy, size) => Math.abs(dx) < size + 2 && Math.abs(dy) < 1.5,
  (dx, dy, size) => Math.abs(dx) < 1.5 && Math.abs(dy) < size + 2,
];

/** Grey pictures of `side` × `side` in three classes: discs, lying and standing bars, of any place and size on noise. */
export function shapes(name: string, count: number, side: number): LabelledPixels {
  const labels = Int32Array.from({ length: count }, (_, i) => i % drawn.length);
  const pictures = Array.from(labels, (label, i) => {
    const random = randomFor('shapes', name, i);
    const [x, y] = [side / 2 + (side / 3) * (random() - 0.5), side / 2 + (side / 3) * (random() - 0.5)];
    const size = (side / 8) * (1 + random());
    return Uint8Array.from({ length: side * side }, (_, at) => {
      const lit = drawn[label]?.((at % side) - x, Math.floor(at / side) - y, size);
      return (lit ? 150 : 60) + 60 * random();
    });
  });
  return {
    labels,
    pixels: (places) => Uint8Array.from(Array.from(places, (place) => [...(pictures[place] ?? [])]).flat()),
  };
}
