import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFailure } from './write-failure.ts';

/**
 * Puts what `fill` writes into a fresh folder in the place of `folder`, all or nothing: the old content goes when the new one is
 * in its place, and stays when that fails. Throws DISK_FULL or NOT_WRITABLE.
 */
export async function replaceFolder(folder: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const [fresh, old] = [`${folder}.partial`, `${folder}.old`];
  try {
    await remove(fresh);
    await mkdir(fresh, { recursive: true });
    await fill(fresh);
    await remove(old);
    if (existsSync(folder)) await rename(folder, old);
    await rename(fresh, folder);
    await remove(old);
  } catch (error) {
    if (!existsSync(folder) && existsSync(old)) await rename(old, folder).catch(() => undefined);
    await remove(fresh).catch(() => undefined);
    throw writeFailure(error, dirname(folder));
  }
}

const remove = (folder: string) => rm(folder, { recursive: true, force: true });
