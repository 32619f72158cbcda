import type { Page } from '@playwright/test';

/** What is noted down in the page: moments in milliseconds since 1970, and how long effects took. */
interface Noted {
  listed: number | null;
  pictured: number | null;
  effects: number[];
}
declare global {
  var bench: Noted;
  var picturesInView: () => boolean;
}

/** Lets a page note when its grid first listed photos, and when all that are in view first showed theirs. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.bench = { listed: null, pictured: null, effects: [] };
    globalThis.picturesInView = () => {
      const grid = document.querySelector('[data-photo-grid]')?.getBoundingClientRect();
      const tiles = [...document.querySelectorAll('[data-place]')].filter((tile) => {
        const { top, bottom } = tile.getBoundingClientRect();
        return grid && bottom > grid.top && top < grid.bottom;
      });
      const images = tiles.map((tile) => tile.querySelector('img'));
      return images.length > 0 && images.every((image) => image?.complete && image.naturalWidth > 0);
    };
    const look = () => {
      const now = performance.timeOrigin + performance.now();
      if (document.querySelector('[data-place]')) bench.listed ??= now;
      if (picturesInView()) bench.pictured ??= now;
      if (bench.pictured === null) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Waits until what the page noted is as it should be. Playwright's own waiting needs `eval`, which the page refuses. */
export async function until(page: Page, holds: (noted: Noted) => boolean): Promise<Noted> {
  for (let tries = 0; tries < 1000; tries++) {
    const noted = await page.evaluate(() => bench);
    if (holds(noted)) return noted;
    await page.waitForTimeout(20);
  }
  throw new Error('Nothing happened in the page for 20 seconds.');
}

/** Milliseconds from the grid's last scroll event until every photo in view shows its picture. */
export function picturesAfterRest(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const quiet = 200;
    let rest = performance.now();
    const scrolled = () => (rest = performance.now());
    document.addEventListener('scroll', scrolled, { capture: true });
    let since: number | null = null;
    for (;;) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      if (!picturesInView()) since = null;
      else since ??= now;
      if (since === null || now - rest < quiet) continue;
      document.removeEventListener('scroll', scrolled, { capture: true });
      return Math.max(0, since - rest);
    }
  });
}

/** Notes, for every key from now on, how long it took until the frame with its effect on a photo's label was on the screen. */
export async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    let pressed: number | null = null;
    addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true });
    const observer = new MutationObserver(() => {
      if (pressed === null) return;
      const from = pressed;
      pressed = null;
      requestAnimationFrame(() => {
        // A message that is posted in a frame is taken after that frame was painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => bench.effects.push(performance.now() - from);
        port2.postMessage(null);
      });
    });
    const grid = document.querySelector('[data-photo-grid]');
    if (!grid) throw new Error('There is no grid.');
    // A photo's label is part of its name.
    observer.observe(grid, { subtree: true, attributes: true, attributeFilter: ['aria-label'] });
  });
}

/** Presses a key and gives the milliseconds until its effect on a photo's label was on the screen. */
export async function keyToPaint(page: Page, key: string): Promise<number> {
  await page.evaluate(() => (bench.effects = []));
  await page.keyboard.press(key);
  const { effects } = await until(page, (noted) => noted.effects.length > 0);
  return effects[0] ?? Number.NaN;
}
