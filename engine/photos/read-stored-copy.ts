import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readWorkingCopy } from './working-copy.ts';

/**
 * The working copy of a photo as it is stored, a JPEG; made again from the file at `path` where there is none.
 * Throws {@link SkipError} for what can't be taken.
 */
export async function readStoredCopy(path: string, workingCopy?: string): Promise<Buffer> {
  if (workingCopy !== undefined && existsSync(workingCopy)) return await readFile(workingCopy);
  return (await readWorkingCopy(path)).image;
}
