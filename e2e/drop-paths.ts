import type { Locator } from '@playwright/test';

/** Drops files and folders of this machine on an element, as the system would: trusted events, real folder entries. */
export async function dropPaths(target: Locator, paths: string[]): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('What should be dropped on is not visible.');
  const page = target.page();
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  const devtools = await page.context().newCDPSession(page);
  try {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  } finally {
    await devtools.detach();
  }
}
