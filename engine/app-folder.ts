import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder with package.json and assets/: the repository's, or the packed app's. Looked for upwards, since what is built
 * lies deeper than its source.
 */
export const appFolder: string = nearestWith('assets/backbones', import.meta.dirname);

function nearestWith(name: string, folder: string): string {
  if (existsSync(join(folder, name)) || dirname(folder) === folder) return folder;
  return nearestWith(name, dirname(folder));
}
