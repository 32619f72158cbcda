import { constants, copyFile, link, mkdir, readFile, rm, stat, unlink, utimes } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { codeOf, ScenelabError, type FileEvent, type SortInput } from '../../contract/index.ts';
import { writeFailure } from '../files/write-failure.ts';

type SortablePhoto = SortInput['photos'][number];

/** Where photos go that the model is not sure of. */
const unsureFolder = 'not sure';

/**
 * Copies or moves a photo into the folder of its label below `into`. Never overwrites: another photo of that name makes
 * it "name (2).jpg", the same photo is left alone.
 * @throws ScenelabError DISK_FULL
 */
export async function sortPhoto(
  { path, label }: SortablePhoto,
  { into, move }: { into: string; move: boolean },
): Promise<FileEvent> {
  const folder = join(into, ...folderNames(label ?? unsureFolder));
  const { name, ext } = parse(path);
  try {
    await mkdir(folder, { recursive: true });
    for (let number = 1; ; number++) {
      const to = join(folder, `${name}${number > 1 ? ` (${number})` : ''}${ext}`);
      if (to === path) return left(path, 'It is there already.');
      if (await place(path, to, move)) return { kind: 'sorted', path, to, reason: '' };
      if (await isSame(path, to)) return left(path, `${to} is the same photo.`);
    }
  } catch (error) {
    return left(path, whyLeft(error, folder));
  }
}

/** Why one file of many could not be written; throws what would stop the others too. */
export function whyLeft(error: unknown, place: string): string {
  const failure = writeFailure(error, place);
  if (failure instanceof ScenelabError && failure.code !== 'DISK_FULL') return failure.message;
  // The file system's own words: the photo is gone, its disk was pulled.
  if (failure instanceof Error && 'syscall' in failure) return failure.message;
  throw failure;
}

function left(path: string, reason: string): FileEvent {
  return { kind: 'sorted', path, to: null, reason };
}

/** The folders of a label, which may be a path; without what a file system or a tree of folders would not bear. */
function folderNames(label: string): string[] {
  return label
    .split('/')
    .map((name) => name.replaceAll(/[\p{Cc}<>:"\\|?*]/gu, '_').replace(/^\.+$/, '_'))
    .filter((name) => name !== '');
}

/** Puts the photo at `to`; false when there is something already. */
async function place(path: string, to: string, move: boolean): Promise<boolean> {
  try {
    if (move) await moveFile(path, to);
    else await copy(path, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A rename would overwrite; a link does not. Other disks, and those without links, get a copy. */
async function moveFile(path: string, to: string): Promise<void> {
  try {
    await link(path, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    await copy(path, to);
  }
  await unlink(path);
}

async function copy(path: string, to: string): Promise<void> {
  try {
    await copyFile(path, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    // What is there already is another's.
    if (codeOf(error) !== 'EEXIST') await rm(to, { force: true });
    throw error;
  }
  const { atime, mtime } = await stat(path);
  await utimes(to, atime, mtime);
}

async function isSame(path: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(path), stat(other)]);
  if (!b.isFile() || a.size !== b.size) return false;
  const [bytes, otherBytes] = await Promise.all([readFile(path), readFile(other)]);
  return bytes.equals(otherBytes);
}
