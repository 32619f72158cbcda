import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { ScenelabError } from '../../contract/index.ts';
import { readJson } from '../models/read-model-info.ts';
import { Signature } from '../models/signature.ts';

/**
 * Makes sure that an export may go into a folder: one that doesn't exist, is empty, or holds an earlier export.
 * @throws ScenelabError NOT_WRITABLE for any other.
 */
export async function claimFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
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
