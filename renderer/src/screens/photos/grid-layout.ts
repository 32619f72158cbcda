/** Where the cells of a grid lie. Pixels; every cell is a square; the grid has the same padding on all sides. */
export interface GridLayout {
  columns: number;
  cell: number;
  gap: number;
  padding: number;
  /** Of the whole content. */
  height: number;
}
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const gap = 6;
const padding = 12;
/** Below the last row, for what floats over the grid. */
const foot = 60;

/** As many columns of at least `size` pixels as fit into `width`, stretched to fill it. */
export function layOut(width: number, size: number, count: number): GridLayout {
  const inner = Math.max(width - 2 * padding, size);
  const columns = Math.max(1, Math.floor((inner + gap) / (size + gap)));
  const cell = (inner - gap * (columns - 1)) / columns;
  const rows = Math.ceil(count / columns);
  return { columns, cell, gap, padding, height: rows * (cell + gap) - gap + 2 * padding + foot };
}

/** Top left corner of a place, in the content. */
export function cornerOf(
  { columns, cell, gap, padding }: GridLayout,
  place: number,
): { x: number; y: number } {
  const step = cell + gap;
  return { x: padding + (place % columns) * step, y: padding + Math.floor(place / columns) * step };
}

/** The places from `first` up to but without `end` whose rows may be seen, with `spare` rows on either side. */
export function visiblePlaces(
  { columns, cell, gap, padding }: GridLayout,
  count: number,
  view: { top: number; height: number },
  spare = 2,
): { first: number; end: number } {
  const step = cell + gap;
  const firstRow = Math.max(0, Math.floor((view.top - padding) / step) - spare);
  const endRow = Math.ceil((view.top + view.height - padding) / step) + spare;
  return { first: Math.min(count, firstRow * columns), end: Math.min(count, Math.max(0, endRow) * columns) };
}

/** The places whose cells a box of the content touches. */
export function placesIn({ columns, cell, gap, padding }: GridLayout, count: number, box: Box): number[] {
  const step = cell + gap;
  const from = (start: number) => Math.max(0, Math.ceil((start - padding - cell) / step));
  const to = (end: number) => Math.floor((end - padding) / step);
  const places: number[] = [];
  for (let row = from(box.top); row <= to(box.bottom); row++)
    for (let column = from(box.left); column <= Math.min(to(box.right), columns - 1); column++) {
      const place = row * columns + column;
      if (place < count) places.push(place);
    }
  return places;
}

/** How far to scroll so that a place is wholly in view. */
export function scrollTo(layout: GridLayout, place: number, view: { top: number; height: number }): number {
  const { y } = cornerOf(layout, place);
  const top = y - layout.padding;
  const bottom = y + layout.cell + layout.padding;
  if (top < view.top) return top;
  return bottom > view.top + view.height ? bottom - view.height : view.top;
}
