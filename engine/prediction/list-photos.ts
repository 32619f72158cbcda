import { ScenelabError } from '../../contract/index.ts';
import { scanFolders, type ScanOptions } from '../imports/index.ts';
import type { PhotoFile } from './prepare-photos.ts';

/** Every file that may be a photo in files and folders, in order; what was passed over with a reason has its `skipped`. */
export async function listPhotos(
  paths: readonly string[],
  signal: AbortSignal,
  options: Pick<ScanOptions, 'nested'> = {},
): Promise<ListedPhoto[]> {
  const listed: ListedPhoto[] = [];
  for await (const found of scanFolders(paths, options)) {
    signal.throwIfAborted();
    const { path } = found;
    if (found.kind === 'file') listed.push({ path, label: found.label });
    else listed.push({ path, label: null, skipped: { path, code: found.code, reason: found.reason } });
  }
  if (listed.length === 0)
    throw new ScenelabError(
      'NO_PHOTOS',
      `There are no photos in ${paths.join(', ')}`,
      '',
      'Give photos, or folders with photos in them',
    );
  return listed;
}

/** `label` is what its folder calls it. */
export interface ListedPhoto extends PhotoFile {
  readonly label: string | null;
}
