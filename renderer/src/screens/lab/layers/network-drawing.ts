import type { InspectedLayer } from '../../../../../contract/index.ts';
import { groupOf, type Group } from '../layer-groups.ts';

/** A layer as a box, with those that are done in its place; places and sizes in pixels. */
export interface Box {
  name: string;
  text: string;
  shape: readonly number[];
  group: Group;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** From a box to one that reads it. */
export interface Link {
  from: Box;
  to: Box;
}

export interface Drawing {
  boxes: Box[];
  links: Link[];
  width: number;
  height: number;
}

/** Layers that change values where they lie are drawn as part of the layer before. */
const inPlace = new Set(['batch-norm', 'activation', 'dropout', 'flatten']);
const margin = 10;

type Placed = Box & { column: number; lane: number };

/**
 * A network from left to right: the higher a box, the larger the maps; the wider, the more channels, both by their logarithm.
 * Branches lie above each other. `gap` is what lies between columns, and room at both ends for what is written there.
 */
export function drawNetwork(layers: readonly InspectedLayer[], image: readonly number[], gap = 10): Drawing {
  const first = place({ name: 'image', text: '', outputShape: [...image], kind: 'image' }, 0, 0);
  const boxes: Placed[] = [first];
  /** The box that shows a layer, by the layer's name. */
  const shown = new Map([['image', first]]);
  const taken = new Set(['0:0']);
  const links: { from: Placed; to: Placed }[] = [];
  for (const layer of layers) {
    const read = layer.inputs.flatMap((name) => shown.get(name) ?? []);
    const [before] = read;
    if (before && before !== first && inPlace.has(layer.kind) && read.length === 1) {
      before.text += `, ${layer.text}`;
      shown.set(layer.name, before);
      continue;
    }
    const column = 1 + Math.max(...read.map((box) => box.column));
    const box = place(layer, column, freeLane(taken, column, read.length > 1 ? 0 : (before?.lane ?? 0)));
    boxes.push(box);
    shown.set(layer.name, box);
    links.push(...read.map((from) => ({ from, to: box })));
  }
  return { ...arrange(boxes, gap), boxes, links };
}

function place(
  { name, text, outputShape, kind }: Pick<InspectedLayer, 'name' | 'text' | 'outputShape' | 'kind'>,
  column: number,
  lane: number,
): Placed {
  const channels = outputShape.at(-1) ?? 1;
  const side = outputShape.length === 3 ? Math.max(outputShape[0] ?? 1, outputShape[1] ?? 1) : 1;
  const group = groupOf(kind);
  const [width, height] = [4 + 2 * Math.log2(channels), 10 + 8 * Math.log2(side)];
  return { name, text, shape: outputShape, group, x: 0, y: 0, width, height, column, lane };
}

/** The lane nearest to `wanted` that no box of the column has. */
function freeLane(taken: Set<string>, column: number, wanted: number): number {
  for (let away = 0; ; away++)
    for (const lane of [wanted + away, wanted - away]) {
      const key = `${column}:${lane}`;
      if (taken.has(key)) continue;
      taken.add(key);
      return lane;
    }
}

function arrange(boxes: Placed[], gap: number): { width: number; height: number } {
  const columns = Math.max(...boxes.map(({ column }) => column)) + 1;
  const lanes = boxes.map(({ lane }) => lane);
  const [top, bottom] = [Math.min(...lanes), Math.max(...lanes)];
  const beside = boxes.filter(
    ({ column, lane }) => lane !== 0 || boxes.some((b) => b.column === column && b.lane !== 0),
  );
  const pitch = margin + Math.max(0, ...beside.map(({ height }) => height));
  const tallest = Math.max(...boxes.map(({ height }) => height));
  const height = Math.max(tallest, (bottom - top + 1) * pitch) + 2 * margin;
  const middle = top === bottom ? height / 2 : margin + pitch * (0.5 - top);
  let x = gap;
  for (let column = 0; column < columns; column++) {
    const own = boxes.filter((box) => box.column === column);
    const width = Math.max(...own.map((box) => box.width));
    for (const box of own) {
      box.x = x + (width - box.width) / 2;
      box.y = middle + box.lane * pitch - box.height / 2;
    }
    x += width + gap;
  }
  const highest = Math.min(0, ...boxes.map(({ y }) => y - margin));
  for (const box of boxes) box.y -= highest;
  const lowest = Math.max(...boxes.map((box) => box.y + box.height));
  return { width: x, height: Math.max(height, lowest + margin) };
}
