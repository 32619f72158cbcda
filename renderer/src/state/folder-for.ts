import type { Shell } from '../shell/shell.ts';

/** A path for a new folder of this name where people look for their things; empty where the shell can't tell. */
export async function folderFor(shell: Shell, name: string): Promise<string> {
  const home = await shell.listFolder(null).then(
    ({ path }) => path,
    () => null,
  );
  return home === null ? '' : inFolder(home, name);
}

/** Fills in a folder where none is named yet; one that a person writes meanwhile stays. */
export async function suggest(into: { folder: string }, find: () => Promise<string>): Promise<void> {
  if (into.folder !== '') return;
  const found = await find();
  if (into.folder === '') into.folder = found;
}

/** The path of something called so in a folder. */
export const inFolder = (folder: string, name: string): string => `${folder}/${fileName(name)}`;

/** A name as that of a folder, also on Windows: without what paths are made of, and no dots or spaces at its end. */
const fileName = (name: string): string => name.replaceAll(/[/\\:*?"<>|]/g, '-').replace(/[\s.…]+$/, '');
