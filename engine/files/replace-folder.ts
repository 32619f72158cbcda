import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFailure } from './write-failure.ts';

/**
 * Puts what `fill` writes into a fresh folder in the place of `folder`, all or nothing: whoever reads it finds the old
 * content or the new one. Throws DISK_FULL or NOT_WRITABLE.
 */
export async function replaceFolder(folder: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const fresh = `${folder}.partial`;
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    await fill(fresh);
    if (existsSync(folder)) await rm(folder, { recursive: true });
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw writeFailure(error, dirname(folder));
  }
}
