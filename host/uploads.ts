import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { diskFull, isDiskFull, ScenelabError } from '../contract/index.ts';

/**
 * Stores one file that a browser uploads below `<folder>/<batch>/`: a page can't tell where a dropped file lies, only what
 * is in it. Throws USAGE for a path that leads elsewhere, DISK_FULL.
 */
export async function receiveUpload(
  request: IncomingMessage,
  folder: string,
  [batch = '', ...path]: string[],
): Promise<void> {
  const target = join(folder, safeName(batch), ...path.map(safeName));
  try {
    await mkdir(dirname(target), { recursive: true });
    await pipeline(request, createWriteStream(target));
  } catch (error) {
    await rm(target, { force: true });
    throw isDiskFull(error) ? diskFull(folder, error) : error;
  }
}

/** The folders of an upload that has ended; files that were dropped by themselves lie in one of their own. */
export async function uploadedFolders(folder: string, [batch = '']: string[]): Promise<string[]> {
  const place = join(folder, safeName(batch));
  const entries = await readdir(place, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(place, name));
  return folders.length === entries.length ? folders : [place];
}

/** Deletes an upload that nobody needs any more. */
export async function forgetUpload(folder: string, [batch = '']: string[]): Promise<void> {
  await rm(join(folder, safeName(batch)), { recursive: true, force: true });
}

function safeName(name: string): string {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name)) return name;
  throw new ScenelabError('USAGE', `“${name}” is no file name`, '', 'Rename the file and drop it again');
}
