import { Skipped } from '../../contract/index.ts';
import type { Library } from './library.ts';

/** The files that imports found and could not take, by path, with the reason. */
export function listSkipped(library: Library): Skipped[] {
  return library.all(Skipped, 'SELECT path, code, reason FROM skipped ORDER BY path');
}
