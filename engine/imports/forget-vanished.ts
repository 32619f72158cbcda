import { dirname, sep } from 'node:path';
import { z } from 'zod';
import type { Skipped } from '../../contract/index.ts';
import { insideOf } from '../files/inside-of.ts';
import type { Library } from '../library/library.ts';

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
  const roots = folders.map(insideOf);
  const closed = new Set(skipped.map(({ path }) => path));
  const vanished = ({ path }: { path: string }) =>
    !seen.has(path) &&
    roots.some((root) => path.startsWith(root) || path + sep === root) &&
    !isBelow(closed, path);
  library.transaction(() => {
    for (const { path } of library
      .all(pathRow, 'SELECT path FROM locations WHERE missing = 0')
      .filter(vanished))
      library.run('UPDATE locations SET missing = 1 WHERE path = ?', path);
    for (const { path } of library.all(pathRow, 'SELECT path FROM skipped').filter(vanished))
      library.run('DELETE FROM skipped WHERE path = ?', path);
  });
}

/** Whether one of the folders that a file lies in is among `folders`. */
function isBelow(folders: ReadonlySet<string>, path: string): boolean {
  const up = dirname(path);
  return up !== path && (folders.has(up) || isBelow(folders, up));
}

/** Forgets the skips of files below a folder. */
export function forgetSkips(library: Library, folder: string): void {
  const root = insideOf(folder);
  library.transaction(() => {
    for (const { path } of library.all(pathRow, 'SELECT path FROM skipped'))
      if (path.startsWith(root)) library.run('DELETE FROM skipped WHERE path = ?', path);
  });
}
