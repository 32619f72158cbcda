import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../folders.ts';

const keptMilliseconds = 24 * 3600 * 1000;

/**
 * Where a host may put copies of what was dropped to be predicted, a folder per drop. Whoever puts them there takes them
 * away again; what one that was killed left behind goes after a day.
 */
export async function droppedFolder(now = Date.now()): Promise<string> {
  const folder = join(cacheFolder(), 'dropped');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found && now - found.mtimeMs > keptMilliseconds)
      await rm(join(folder, name), { recursive: true, force: true });
  }
  return folder;
}
