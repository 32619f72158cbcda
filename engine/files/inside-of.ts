import { join, resolve, sep } from 'node:path';

/** What the paths of all that lies in a folder begin with; the root of a drive ends in a separator already. */
export function insideOf(folder: string): string {
  return join(resolve(folder), sep);
}
