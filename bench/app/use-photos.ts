import type { Browser, Page } from '@playwright/test';
import { tasksDuring, type MainThreadTasks } from './longest-task.ts';
import { keyToPaint, picturesAfterRest, watchKeys } from './page-clock.ts';

/** How an action felt: its waits in milliseconds, and what it cost the page's main thread. */
export interface Felt extends MainThreadTasks {
  name: string;
  waits: number[];
}

/** Scrolls from end to end with the wheel, by keys and by the scroll bar. A wait is from rest to the last picture. */
export async function scrollPhotos(browser: Browser, page: Page): Promise<Felt[]> {
  const grid = page.getByRole('listbox');
  const box = await grid.boundingBox();
  if (!box) throw new Error('There is no grid.');
  const height = await grid.evaluate(({ scrollHeight }) => scrollHeight);
  await grid.hover();
  const wheel = await felt(browser, page, 'wheel, end to end', async () => {
    for (let y = 0; y < height; y += 1000) await page.mouse.wheel(0, 1000);
    return [await picturesAfterRest(page)];
  });
  await grid.focus();
  await page.keyboard.press('Home');
  const keys = await felt(browser, page, 'Page Down, 100 times', async () => {
    for (let i = 0; i < 100; i++) await page.keyboard.press('PageDown');
    return [await picturesAfterRest(page)];
  });
  await page.keyboard.press('Home');
  await picturesAfterRest(page);
  const bar = { x: box.x + box.width - 5, y: box.y + 20 };
  await page.mouse.move(bar.x, bar.y);
  await page.mouse.down();
  const dragged = await felt(browser, page, 'scroll bar, dragged to five places', async () => {
    const waits = [];
    for (const share of [0.1, 0.35, 0.6, 0.85, 1]) {
      await page.mouse.move(bar.x, bar.y + share * (box.height - 40), { steps: 20 });
      waits.push(await picturesAfterRest(page));
    }
    return waits;
  });
  await page.mouse.up();
  await grid.focus();
  await page.keyboard.press('Home');
  await picturesAfterRest(page);
  return [wheel, keys, dragged];
}

/** Labels by keys and takes it all back. A wait is from the key to the frame that shows its effect. */
export async function labelPhotos(browser: Browser, page: Page): Promise<Felt[]> {
  const times = 20;
  await watchKeys(page);
  const one = await felt(browser, page, 'label key, one photo', async () => {
    const waits = [];
    for (let place = 0; place < times; place++) {
      const name = await page.locator(`#photo-${place}`).getAttribute('aria-label');
      waits.push(await keyToPaint(page, name?.endsWith('city') ? '3' : '2'));
    }
    return waits;
  });
  const undo = await felt(browser, page, 'undo', async () => {
    const waits = [];
    for (let i = 0; i < times; i++) waits.push(await keyToPaint(page, 'Control+z'));
    return waits;
  });
  await page.keyboard.press('Control+a');
  const all = await felt(browser, page, 'label key, every photo', async () => [await keyToPaint(page, '4')]);
  const undoAll = await felt(browser, page, 'undo of that', async () => [
    await keyToPaint(page, 'Control+z'),
  ]);
  return [one, undo, all, undoAll];
}

/** Adds the folder of photos again, all of them known: the fastest that progress can come. */
export async function addAgain(browser: Browser, page: Page, folder: string): Promise<Felt> {
  return felt(browser, page, 'adding the same folder again', async () => {
    await page.getByRole('button', { name: 'Add photos' }).click();
    const path = page.getByRole('textbox', { name: 'Path' });
    await path.fill(folder);
    await path.press('Enter');
    await page
      .getByText(folder.split('/').at(-1) ?? folder)
      .first()
      .waitFor();
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.getByText('No new photos found.').waitFor({ timeout: 120_000 });
    return [];
  });
}

async function felt(
  browser: Browser,
  page: Page,
  name: string,
  action: () => Promise<number[]>,
): Promise<Felt> {
  let waits: number[] = [];
  const tasks = await tasksDuring(browser, page, async () => {
    waits = await action();
  });
  return { name, waits, ...tasks };
}
