import { join, sep } from 'node:path';
import { appFolder } from '../engine/app-folder.ts';

/** What the window is made of, in the repository and in the packed app alike. */
export const pageFolder: string = join(appFolder, 'out/renderer');
export const preloadFile: string = join(appFolder, 'out/app/preload/preload.cjs');

/** Where a file of the packed archive lies for those who can't look into it: other processes, the system's loader. */
export function unpacked(path: string): string {
  return path.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`);
}
