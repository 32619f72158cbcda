import type { PhotoId, Progress } from '../../contract/index.ts';
import type { TrainingPhoto } from '../library/index.ts';
import { preparePhotos } from '../prediction/index.ts';
import { startProgress } from '../progress.ts';

/** Pixels of photos, `[side, side, 3]` uint8, by the photo's id. */
export type SmallPhotos = ReadonlyMap<PhotoId, Uint8Array>;

const ahead = 64;

/** The middle of each photo, small enough for a network to learn from it from scratch in seconds. Photos that can't be read are left out. */
export async function* readSmallPhotos(
  photos: readonly TrainingPhoto[],
  side: number,
  signal: AbortSignal,
): AsyncGenerator<Progress, SmallPhotos> {
  const progress = startProgress('prepare', photos.length);
  const read = new Map<PhotoId, Uint8Array>();
  let done = 0;
  for await (const photo of preparePhotos(photos, { inputSize: side, framing: 'crop', ahead })) {
    signal.throwIfAborted();
    if (photo.kind === 'prepared') read.set(photo.file.id, photo.pixels);
    const event = progress.at(++done);
    if (event) yield event;
  }
  yield progress.now(done);
  return read;
}
