import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/**
 * The folder with package.json and assets/: the repository's, or the packed app's. Looked for upwards, since what is built
 * lies deeper than its source.
 */
export const appFolder: string = nearestWith('assets/backbones', import.meta.dirname);

function nearestWith(name: string, folder: string): string {
  if (existsSync(join(folder, name)) || dirname(folder) === folder) return folder;
  return nearestWith(name, dirname(folder));
}

/** Scenelab's version, from its package.json. */
export function appVersion(): string {
  const about = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(about).version;
}
