import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeOf } from '../files/size-of.ts';

/** Bytes that the feature caches of a project may take: two of the largest (see `variantsWithin`) and small ones beside. */
const budget = 20 * 2 ** 30;

/**
 * Deletes feature caches of a project, the one that was opened longest ago first, until the others fit the budget; never
 * one of those `inUse`. What is deleted is computed again when it is next needed. One that can't be deleted stays.
 */
export async function trimCaches(root: string, inUse: readonly string[], bytes = budget): Promise<void> {
  const folders = (await readdir(root).catch(() => [])).map((name) => join(root, name));
  const caches = await Promise.all(
    folders.map(async (folder) => ({
      folder,
      size: await sizeOf(folder),
      // Opening a cache sets this.
      usedAt: (await stat(folder).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  caches.sort((a, b) => a.usedAt - b.usedAt);
  let excess = caches.reduce((sum, { size }) => sum + size, 0) - bytes;
  for (const { folder, size } of caches) {
    if (excess <= 0) return;
    if (inUse.includes(folder)) continue;
    const isGone = await rm(folder, { recursive: true }).then(
      () => true,
      () => false,
    );
    if (isGone) excess -= size;
  }
}
