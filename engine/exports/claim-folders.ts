import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf, notWritable, ScenelabError, type ExportFormat } from '../../contract/index.ts';
import { nearestFolder } from '../files/nearest-folder.ts';
import { writeFailure } from '../files/write-failure.ts';
import { readJson } from '../models/read-model-info.ts';
import { Signature } from '../models/signature.ts';

/** A format of an export, and the folder that it goes into. */
export interface ExportTarget {
  readonly format: ExportFormat;
  readonly folder: string;
}

/**
 * Where each format of an export goes: right into the folder, or several each into one of its own there. Throws as `claimFolder`
 * where one of them may not.
 */
export async function claimFolders(out: string, formats: readonly ExportFormat[]): Promise<ExportTarget[]> {
  const wanted = [...new Set(formats)];
  const targets = wanted.map((format) => ({
    format,
    folder: wanted.length === 1 ? resolve(out) : join(resolve(out), format),
  }));
  for (const { folder } of targets) await claimFolder(folder);
  return targets;
}

/**
 * Makes sure that an export may go into a folder: one that can be made, is empty, or holds an earlier export.
 * @throws ScenelabError NOT_WRITABLE for any other, DISK_FULL
 */
async function claimFolder(folder: string): Promise<void> {
  if (existsSync(folder)) await refuseForeign(folder);
  try {
    // Not the whole path at once: Node never gives up where a folder that is there refuses as if it weren't, as /proc does.
    await rmdir(await mkdtemp(join(nearestFolder(dirname(folder)), '.scenelab-')));
  } catch (error) {
    // Nothing at all where the path begins: a disk that isn't connected.
    throw codeOf(error) === 'ENOENT' ? notWritable(folder, error) : writeFailure(error, folder);
  }
}

async function refuseForeign(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => ['a file']);
  if (names.length === 0) return;
  const signature = await readJson(folder, 'signature.json', Signature).catch(() => null);
  if (!signature)
    throw new ScenelabError(
      'NOT_WRITABLE',
      `${folder} holds something else already`,
      'an empty folder, a new one, or one with an earlier export',
      'Choose another folder; nothing was written',
    );
}
