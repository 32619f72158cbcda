import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Library } from './library.ts';
import { readSetting } from './project-settings.ts';

/** By this a folder calls itself a project. */
export const projectEnding = '.scenelab';

/** In a project's folder, the file that makes it one. */
export const databaseName = 'project.db';

export function isProject(folder: string): boolean {
  return existsSync(join(folder, databaseName));
}

/** What a project is called: the name that it was given, else its folder's. */
export function projectName(library: Library): string {
  return readSetting(library, 'name') ?? folderName(library.folder);
}

/** What a project is called that nobody has renamed; one that is kept for a folder of photos, as that folder. */
export function folderName(folder: string): string {
  return basename(folder, projectEnding).replace(/~[0-9a-f]{8}$/, '');
}
