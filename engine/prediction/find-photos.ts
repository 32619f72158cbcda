import type { FoundPhoto } from '../../contract/index.ts';
import { listPhotos } from './list-photos.ts';
import type { PredictedFiles } from './predicted-files.ts';

/** Files in files and folders that may be photos, with what stands for them in addresses. Throws NO_PHOTOS. */
export async function findPhotos(
  paths: readonly string[],
  known: PredictedFiles,
  signal: AbortSignal,
): Promise<FoundPhoto[]> {
  const listed = await listPhotos(paths, signal);
  const found = listed.filter(({ skipped }) => !skipped);
  return Promise.all(found.map(async ({ path }) => ({ path, photo: await known.remember(path) })));
}
