import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ScenelabError, type SkipCode, type Skipped, type Split } from '../../contract/index.ts';
import { childRole, folderRoles, labelOf, offeredLabel, type FolderRole } from './folder-roles.ts';
import { isVideo } from './known-names.ts';
import { listFolder } from './list-folder.ts';

/** A file that may be a photo: nobody has looked into it yet. */
export interface FoundFile {
  kind: 'file';
  path: string;
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** What its folders call it. */
  label: string | null;
  /** The splits that its folders leave open; null: all. */
  choices: readonly Split[] | null;
}

export interface ScanOptions {
  /** What folders deeper than the label become: part of it, or nothing. */
  nested?: 'flatten' | 'join';
  /** A folder that is passed over: the project's own. */
  except?: string;
}

interface Place {
  path: string;
  /** The path without links, by which a loop is recognised. */
  real: string;
  role: FolderRole;
  isLink: boolean;
}

const unlabelled: FolderRole = { trail: null, choices: null };
/** Files asked for their size at once. */
const statsAtOnce = 256;

/**
 * Every file below `folders` that may be a photo, in the order of names, and every one that was skipped, with why. Returns
 * the name to offer as a label when one flat folder came alone. Hidden and system files are passed over in silence. Linked
 * folders are followed last, and each folder once, so that real names win. A file may be given in place of a folder. Throws
 * NOT_FOUND, before anything else, when something given isn't there; what goes wrong below is a skip.
 */
export async function* scanFolders(
  folders: readonly string[],
  { nested = 'flatten', except }: ScanOptions = {},
): AsyncGenerator<FoundFile | ({ kind: 'skipped' } & Skipped), { suggestedLabel: string | null }> {
  const given = await Promise.all([...new Set(folders.map((folder) => resolve(folder)))].map(requireFound));
  const roots = given.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  const roles = await folderRoles(roots);
  const visited = new Set<string>(except === undefined ? [] : [await realpath(except).catch(() => except)]);
  const waiting: Place[] = [];
  for (const [i, path] of roots.entries())
    waiting.unshift({ path, real: await realpath(path), role: roles[i] ?? unlabelled, isLink: false });
  const links: Place[] = [];

  const files = given.filter(({ isFolder }) => !isFolder).map(({ path }) => path);
  yield* lookAt(files, unlabelled, nested);
  let isFlat = roots.length === 1;
  for (let place = waiting.pop(); place; place = waiting.pop() ?? links.shift()) {
    const { path, real, role, isLink } = place;
    if (visited.has(real)) {
      if (isLink) yield skipped(path, 'LINK_LOOP', 'This link leads to a folder that is imported already.');
      continue;
    }
    visited.add(real);
    const listing = await listFolder(path);
    for (const skip of listing.skipped) yield { kind: 'skipped', ...skip };
    isFlat &&= listing.files.length === 0 || role === roles[0];
    yield* lookAt(listing.files, role, nested);
    const below = (name: string, leadsTo = join(real, name)): Place => ({
      path: join(path, name),
      real: leadsTo,
      role: childRole(role, name),
      isLink: leadsTo !== join(real, name),
    });
    waiting.push(...listing.folders.map((name) => below(name)).reverse());
    links.push(...listing.links.map((link) => below(link.name, link.real)));
  }
  const [only] = roots;
  return { suggestedLabel: isFlat && only !== undefined ? offeredLabel(only) : null };
}

/** What can be said of files by their names and sizes. */
async function* lookAt(
  paths: readonly string[],
  role: FolderRole,
  nested: 'flatten' | 'join',
): AsyncGenerator<FoundFile | ({ kind: 'skipped' } & Skipped)> {
  const label = labelOf(role, nested);
  for (let start = 0; start < paths.length; start += statsAtOnce) {
    const some = paths.slice(start, start + statsAtOnce);
    const stats = await Promise.all(some.map((path) => stat(path).catch(() => null)));
    for (const [i, path] of some.entries()) {
      const found = stats[i];
      if (!found) yield skipped(path, 'NOT_READABLE', 'The file cannot be reached.');
      else if (!found.isFile()) yield skipped(path, 'NOT_A_PHOTO', 'This is not an ordinary file.');
      else if (isVideo(path)) yield skipped(path, 'UNSUPPORTED_FORMAT', 'This is a video, not a photo.');
      else
        yield {
          kind: 'file',
          path,
          size: found.size,
          modified: found.mtimeMs,
          label,
          choices: role.choices,
        };
    }
  }
}

function skipped(path: string, code: SkipCode, reason: string): { kind: 'skipped' } & Skipped {
  return { kind: 'skipped', path, code, reason };
}

async function requireFound(given: string): Promise<{ path: string; isFolder: boolean }> {
  const path = resolve(given);
  try {
    return { path, isFolder: (await stat(path)).isDirectory() };
  } catch (error) {
    throw new ScenelabError(
      'NOT_FOUND',
      `There is nothing at ${path}`,
      'a folder of photos',
      'Check the path; is its disk connected?',
      error,
    );
  }
}
