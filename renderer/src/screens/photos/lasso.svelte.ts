import type { Selection } from '../../state/selection.svelte.ts';
import { placesIn, type Box, type GridLayout } from './grid-layout.ts';

const threshold = 5;
const edge = 32;

/** A box drawn over the grid with the pointer; it chooses the photos it touches. Near the edge the grid scrolls along. */
export class Lasso {
  /** In the content's coordinates; null while none is drawn. */
  box = $state.raw<Box | null>(null);
  /** From the press on, also while no box is drawn yet. */
  held = $state.raw(false);
  /** True for the click that ends a drawn box. */
  justEnded = false;
  readonly #layout: () => GridLayout;
  readonly #count: () => number;
  readonly #selection: Selection;

  constructor(layout: () => GridLayout, count: () => number, selection: Selection) {
    this.#layout = layout;
    this.#count = count;
    this.#selection = selection;
  }

  /** Begins where the pointer went down; `adds` keeps what was chosen before. */
  begin(event: PointerEvent, scroller: HTMLElement, adds: boolean): void {
    const base = adds ? this.#selection.snapshot() : undefined;
    const bounds = scroller.getBoundingClientRect();
    const start = { x: event.clientX - bounds.left, y: event.clientY - bounds.top + scroller.scrollTop };
    let pointer = { x: event.clientX, y: event.clientY };
    let frame = 0;
    this.justEnded = false;
    this.held = true;

    const draw = () => {
      const x = pointer.x - bounds.left;
      const y = pointer.y - bounds.top + scroller.scrollTop;
      if (!this.box && Math.hypot(x - start.x, y - start.y) < threshold) return;
      const box = {
        left: Math.max(0, Math.min(x, start.x)),
        top: Math.max(0, Math.min(y, start.y)),
        right: Math.min(bounds.width, Math.max(x, start.x)),
        bottom: Math.max(y, start.y),
      };
      this.box = { ...box, bottom: Math.min(box.bottom, scroller.scrollHeight) };
      this.#selection.lasso(placesIn(this.#layout(), this.#count(), this.box), base);
    };
    const scroll = () => {
      const over = Math.max(0, pointer.y - bounds.bottom + edge) - Math.max(0, bounds.top + edge - pointer.y);
      if (this.box && over !== 0) {
        scroller.scrollTop += over / 2;
        draw();
      }
      frame = requestAnimationFrame(scroll);
    };
    const move = (moved: PointerEvent) => {
      pointer = { x: moved.clientX, y: moved.clientY };
      draw();
    };
    const end = () => {
      cancelAnimationFrame(frame);
      ended.abort();
      this.justEnded = this.box !== null;
      this.held = false;
      this.box = null;
    };
    const ended = new AbortController();
    const { signal } = ended;
    frame = requestAnimationFrame(scroll);
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', end, { signal });
    window.addEventListener('pointercancel', end, { signal });
  }
}
