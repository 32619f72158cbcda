import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Split } from '../../contract/index.ts';
import { labelName } from '../library/labels.ts';

/** What the place of a folder says about the photos in it. */
export interface FolderRole {
  /** Names of the folders from the label's down to this one; null where folders name no labels. */
  trail: readonly string[] | null;
  /** The splits that are open to its photos; null: all. */
  choices: readonly Split[] | null;
  /** The roles of its sub-folders that don't just continue it. */
  children?: ReadonlyMap<string, FolderRole>;
}

const splitNames: Record<string, Split> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
};

/**
 * The roles of folders that are imported together, in their order. Several folders are labels by their names. Of one
 * folder alone the sub-folders are labels. Folders called `train` and `test` (or `val`, `validation`) are splits, given
 * themselves or inside one folder; then the folders below are labels. A split that has no folder is taken out of `train`.
 */
export async function folderRoles(folders: readonly string[]): Promise<FolderRole[]> {
  const [only, second] = folders;
  if (only !== undefined && second === undefined) {
    const children = splitRoles(await readdir(only).catch(() => []));
    return [children ? { trail: null, choices: null, children } : { trail: [], choices: null }];
  }
  const splits = splitRoles(folders.map((folder) => basename(folder)));
  if (splits?.size === folders.length)
    return folders.map((folder) => splits.get(basename(folder)) ?? { trail: [], choices: null });
  return folders.map((folder) => ({ trail: [basename(folder)], choices: null }));
}

/** The role of a sub-folder. */
export function childRole(parent: FolderRole, name: string): FolderRole {
  const own = parent.children?.get(name);
  if (own) return own;
  return { trail: parent.trail && [...parent.trail, name], choices: parent.choices };
}

/** The label of the photos that lie directly in a folder. */
export function labelOf({ trail }: FolderRole, nested: 'flatten' | 'join'): string | null {
  if (!trail?.[0]) return null;
  return labelName(nested === 'join' ? trail.join('/') : trail[0]) || null;
}

/** Roles by name when the names are those of splits: one for training and at least one that is held out. */
function splitRoles(names: readonly string[]): Map<string, FolderRole> | null {
  const splits = new Map(
    names.flatMap((name) => {
      const split = splitNames[name.toLowerCase()];
      return split ? [[name, split] as const] : [];
    }),
  );
  const given = new Set(splits.values());
  if (!given.has('train') || given.size < 2) return null;
  const forTraining = (['train', 'validation', 'test'] as const).filter(
    (split) => split === 'train' || !given.has(split),
  );
  return new Map(
    [...splits].map(([name, split]) => [
      name,
      { trail: [], choices: split === 'train' ? forTraining : [split] },
    ]),
  );
}

/** The name of a folder, as offered for a label. */
export function offeredLabel(folder: string): string | null {
  return labelName(basename(join(folder))) || null;
}
