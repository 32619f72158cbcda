import { describe, expect, test } from 'vitest';
import { placeWindow } from './place-window.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const desk = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('where the window opens', () => {
  test('the first time in the middle of the first display', () => {
    expect(placeWindow(null, [laptop, desk])).toEqual({ x: 80, y: 63, width: 1280, height: 800 });
  });

  test('where it was', () => {
    const remembered = { x: 1500, y: 40, width: 1600, height: 1000, maximized: false };
    expect(placeWindow(remembered, [laptop, desk])).toEqual({ x: 1500, y: 40, width: 1600, height: 1000 });
  });

  test('in the middle of the display that is left, no larger than it, when its own is gone', () => {
    const remembered = { x: 1500, y: 40, width: 1600, height: 1000, maximized: false };
    expect(placeWindow(remembered, [laptop])).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
  });

  test.each([
    ['left', -1250, 100],
    ['right', 1400, 100],
    ['below', 100, 890],
    ['above', 100, -300],
  ])('within reach when its title bar would be off the display: %s', (_, x, y) => {
    const placed = placeWindow({ x, y, width: 1280, height: 800, maximized: false }, [laptop]);
    expect(placed).toEqual({ x: 80, y: 63, width: 1280, height: 800 });
  });

  test('partly outside stays so, as long as it can be taken hold of', () => {
    const remembered = { x: -600, y: 100, width: 1280, height: 800, maximized: false };
    expect(placeWindow(remembered, [laptop])).toEqual({ x: -600, y: 100, width: 1280, height: 800 });
  });
});
