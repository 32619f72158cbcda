import type { Settings } from './settings.ts';

/** A rectangle of the desktop, in device-independent pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const usual = { width: 1280, height: 800 };
export const leastSize = { width: 900, height: 600 };
/** As much of the title bar must be on a display that a person can take hold of it. */
const grip = { width: 120, height: 32 };

/**
 * Where the window opens: where it was, unless that is out of reach because a display is gone; then, and the first time, in
 * the middle of the first display. Never larger than the display. `displays` are their areas without taskbars and docks.
 */
export function placeWindow(remembered: Settings['window'], displays: readonly Area[]): Area {
  const home = remembered && displays.find((display) => holds(display, remembered));
  const display = home ?? displays[0] ?? { x: 0, y: 0, ...usual };
  const width = Math.min(Math.max(remembered?.width ?? usual.width, leastSize.width), display.width);
  const height = Math.min(Math.max(remembered?.height ?? usual.height, leastSize.height), display.height);
  if (home) return { x: remembered.x, y: remembered.y, width, height };
  return {
    x: display.x + Math.round((display.width - width) / 2),
    y: display.y + Math.round((display.height - height) / 2),
    width,
    height,
  };
}

/** Whether enough of a window's title bar lies on a display. */
function holds(display: Area, { x, y, width }: Area): boolean {
  const seen = Math.min(x + width, display.x + display.width) - Math.max(x, display.x);
  return seen >= grip.width && y >= display.y && y + grip.height <= display.y + display.height;
}
