import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ScenelabError } from '../contract/index.ts';

/**
 * Stores one file that a browser uploads below `originals/<batch>/` of a project: a page can't tell where a dropped file
 * lies, only what is in it. Throws USAGE for a path that leads elsewhere.
 */
export async function receiveUpload(
  request: IncomingMessage,
  project: { project: string },
  [batch = '', ...path]: string[],
): Promise<void> {
  const target = join(batchFolder(project.project, batch), ...path.map(safeName));
  await mkdir(dirname(target), { recursive: true });
  await pipeline(request, createWriteStream(target));
}

/** The folders of an upload that has ended; files that were dropped by themselves lie in one of their own. */
export async function uploadedFolders(
  project: { project: string },
  [batch = '']: string[],
): Promise<string[]> {
  const folder = batchFolder(project.project, batch);
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  return folders.length === entries.length ? folders : [folder];
}

function batchFolder(project: string, batch: string): string {
  return join(project, 'originals', safeName(batch));
}

function safeName(name: string): string {
  if (name !== '' && name !== '.' && name !== '..' && !/[/\\\0]/.test(name)) return name;
  throw new ScenelabError('USAGE', `“${name}” is no file name`, '', 'Rename the file and drop it again');
}
