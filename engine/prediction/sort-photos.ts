import type { FileEvent, Progress, SortInput, SortResult } from '../../contract/index.ts';
import { startProgress } from '../progress.ts';
import { sortPhoto } from './sort-photo.ts';
import { writeSidecar } from './write-sidecar.ts';

/**
 * Copies (or moves) photos into a folder per label, those without a sure answer into "not sure", and writes sidecars where
 * asked. Never overwrites; a file that can't be written is told with why and the rest goes on. What is done stays done
 * when it is cancelled.
 * @throws ScenelabError DISK_FULL
 */
export async function* sortPhotos(
  { photos, into, move, xmp }: SortInput,
  signal: AbortSignal,
): AsyncGenerator<Progress | FileEvent, SortResult> {
  const progress = startProgress('sort', photos.length);
  const result: SortResult = { sorted: 0, sidecars: 0 };
  let done = 0;
  for (const photo of photos) {
    signal.throwIfAborted();
    let { path } = photo;
    if (into !== undefined) {
      const sorted = await sortPhoto(photo, { into, move });
      yield sorted;
      if (sorted.to !== null) result.sorted += 1;
      path = sorted.to ?? path;
    }
    // The sidecar lies beside the copy; what was not copied gets none, or the originals' folder would fill with them.
    if (xmp && (into === undefined || path !== photo.path)) {
      const sidecar = await writeSidecar({ ...photo, path });
      yield sidecar;
      if (sidecar.to !== null) result.sidecars += 1;
    }
    const event = progress.at((done += 1));
    if (event) yield event;
  }
  yield progress.now(done);
  return result;
}
