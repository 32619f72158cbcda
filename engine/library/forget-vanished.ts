import { resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Library } from './library.ts';

const pathRow = z.object({ path: z.string() });

/**
 * Notes which known files below `folders` are no more, and forgets the skips of such files. Photos stay known, labels and all.
 */
export function forgetVanished(
  library: Library,
  folders: readonly string[],
  seen: ReadonlySet<string>,
): void {
  const roots = folders.map((folder) => resolve(folder) + sep);
  const vanished = ({ path }: { path: string }) =>
    !seen.has(path) && roots.some((root) => path.startsWith(root) || path + sep === root);
  library.transaction(() => {
    for (const { path } of library
      .all(pathRow, 'SELECT path FROM locations WHERE missing = 0')
      .filter(vanished))
      library.run('UPDATE locations SET missing = 1 WHERE path = ?', path);
    for (const { path } of library.all(pathRow, 'SELECT path FROM skipped').filter(vanished))
      library.run('DELETE FROM skipped WHERE path = ?', path);
  });
}
