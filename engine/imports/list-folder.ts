import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, type SkipCode, type Skipped } from '../../contract/index.ts';
import { isSystemFile, isSystemFolder } from './known-names.ts';

/** What lies directly in a folder, by name; system's things left out. */
export interface Listing {
  /** Paths of files and of links to files. */
  files: string[];
  /** Names of sub-folders. */
  folders: string[];
  /** Links to folders: their names, and where they lead. */
  links: { name: string; real: string }[];
  skipped: Skipped[];
}

/** Lists a folder. Never throws: a folder that can't be read is one skip. */
export async function listFolder(folder: string): Promise<Listing> {
  const listing: Listing = { files: [], folders: [], links: [], skipped: [] };
  const skip = (path: string, code: SkipCode, reason: string) => listing.skipped.push({ path, code, reason });
  let entries: Dirent<Buffer>[];
  try {
    // Names as bytes: as strings, those that aren't UTF-8 would come out as paths that don't exist.
    entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    skip(folder, 'NOT_READABLE', 'You have no permission to look into this folder.');
    return listing;
  }
  for (const entry of entries) {
    const name = entry.name.toString();
    const path = join(folder, name);
    if (!isUtf8(entry.name))
      skip(join(folder, escapeName(entry.name)), 'NAME_NOT_UTF8', 'Its name is not valid text; rename it.');
    else if (entry.isDirectory()) {
      if (!isSystemFolder(name)) listing.folders.push(name);
    } else if (isSystemFile(name)) continue;
    else if (!entry.isSymbolicLink()) listing.files.push(path);
    else {
      const target = await followLink(path);
      if (target === 'loop') skip(path, 'LINK_LOOP', 'This link leads back to itself.');
      else if (target === 'nowhere') skip(path, 'NOT_READABLE', 'This link leads nowhere.');
      else if (target.isFolder) listing.links.push({ name, real: target.real });
      else listing.files.push(path);
    }
  }
  listing.files.sort();
  listing.folders.sort();
  listing.links.sort((a, b) => (a.name < b.name ? -1 : 1));
  return listing;
}

async function followLink(path: string): Promise<{ isFolder: boolean; real: string } | 'loop' | 'nowhere'> {
  try {
    return { isFolder: (await stat(path)).isDirectory(), real: await realpath(path) };
  } catch (error) {
    return codeOf(error) === 'ELOOP' ? 'loop' : 'nowhere';
  }
}

/** A name as text, with `\xNN` for every byte that isn't ASCII. */
function escapeName(name: Buffer): string {
  return name
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
