import type { Skipped } from '../../contract/index.ts';
import type { Classifier } from './open-classifier.ts';
import { preparePhotos, type PhotoFile, type PreparedPhoto } from './prepare-photos.ts';

/** Photos that the network looks at in one go. */
const batchSize = 32;

/** What became of a photo: `probabilities` is `[classes]` float32. */
export type Classified<File extends PhotoFile> =
  | { readonly kind: 'classified'; readonly file: File; readonly probabilities: Float32Array }
  | { readonly kind: 'skipped'; readonly file: File; readonly skipped: Skipped };

/**
 * Looks at photos in their order. Photos are decoded here while the network runs on the compute thread; a bounded number
 * is decoded ahead, so that memory does not grow with the number of photos.
 */
export async function* classifyPhotos<File extends PhotoFile>(
  classifier: Classifier,
  files: Iterable<File>,
  signal: AbortSignal,
): AsyncGenerator<Classified<File>, void> {
  let waiting: PreparedPhoto<File>[] = [];
  for await (const photo of preparePhotos(files, { ...classifier, ahead: 2 * batchSize })) {
    signal.throwIfAborted();
    waiting.push(photo);
    if (waiting.length < batchSize) continue;
    yield* answer(classifier, waiting, signal);
    waiting = [];
  }
  yield* answer(classifier, waiting, signal);
}

async function* answer<File extends PhotoFile>(
  classifier: Classifier,
  photos: PreparedPhoto<File>[],
  signal: AbortSignal,
): AsyncGenerator<Classified<File>, void> {
  const pictures = photos.flatMap((photo) => (photo.kind === 'prepared' ? [photo.pixels] : []));
  const probabilities = await classifier.classify(pictures, signal);
  let next = 0;
  for (const photo of photos) {
    const { file } = photo;
    if (photo.kind === 'skipped') yield { kind: 'skipped', file, skipped: photo.skipped };
    else yield { kind: 'classified', file, probabilities: probabilities[next++] ?? new Float32Array(0) };
  }
}
