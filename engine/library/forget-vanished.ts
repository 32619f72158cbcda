import { resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Skipped } from '../../contract/index.ts';
import type { Library } from './library.ts';

const pathRow = z.object({ path: z.string() });

/**
 * Notes which known files below `folders` are no more, and forgets the skips of such files. Photos stay known, labels and all.
 * Of what lies below a skipped folder nothing is known, so nothing changes.
 */
export function forgetVanished(
  library: Library,
  folders: readonly string[],
  found: readonly { path: string }[],
  skipped: readonly Skipped[],
): void {
  const seen = new Set([...found, ...skipped].map(({ path }) => path));
  const roots = folders.map((folder) => resolve(folder) + sep);
  const closed = skipped.map(({ path }) => path + sep);
  const vanished = ({ path }: { path: string }) =>
    !seen.has(path) &&
    roots.some((root) => path.startsWith(root) || path + sep === root) &&
    !closed.some((folder) => path.startsWith(folder));
  library.transaction(() => {
    for (const { path } of library
      .all(pathRow, 'SELECT path FROM locations WHERE missing = 0')
      .filter(vanished))
      library.run('UPDATE locations SET missing = 1 WHERE path = ?', path);
    for (const { path } of library.all(pathRow, 'SELECT path FROM skipped').filter(vanished))
      library.run('DELETE FROM skipped WHERE path = ?', path);
  });
}
