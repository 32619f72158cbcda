import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import type { Skipped } from '../../contract/index.ts';
import { mapInOrder } from '../map-in-order.ts';
import { framePhoto, readWorkingCopy, SkipError } from '../photos/index.ts';
import type { Classifier } from './open-classifier.ts';

/** Photos that the network looks at in one go. */
const batchSize = 32;

/** A photo to be looked at: a file as it came, or one of the library, whose working copy is there already. */
export interface PhotoFile {
  readonly path: string;
  readonly workingCopy?: string;
  /** Why it is not worth looking at, when that is known already. */
  readonly skipped?: Skipped;
}

/** What became of a photo: `probabilities` is `[classes]` float32. */
export type Classified<File extends PhotoFile> =
  | { readonly kind: 'classified'; readonly file: File; readonly probabilities: Float32Array }
  | { readonly kind: 'skipped'; readonly file: File; readonly skipped: Skipped };

type Prepared<File> =
  { readonly file: File; readonly pixels: Uint8Array } | { readonly file: File; readonly skipped: Skipped };

/**
 * Looks at photos in their order. Photos are decoded here while the network runs on the compute thread; a bounded number
 * is decoded ahead, so that memory does not grow with the number of photos.
 */
export async function* classifyPhotos<File extends PhotoFile>(
  classifier: Classifier,
  files: Iterable<File>,
  signal: AbortSignal,
): AsyncGenerator<Classified<File>, void> {
  const atOnce = Math.max(4, 2 * availableParallelism());
  const prepared = mapInOrder(files, (file) => prepare(file, classifier), { atOnce, ahead: 2 * batchSize });
  let waiting: Prepared<File>[] = [];
  for await (const photo of prepared) {
    signal.throwIfAborted();
    waiting.push(photo);
    if (waiting.length < batchSize) continue;
    yield* answer(classifier, waiting, signal);
    waiting = [];
  }
  yield* answer(classifier, waiting, signal);
}

async function prepare<File extends PhotoFile>(
  file: File,
  { inputSize, framing }: Classifier,
): Promise<Prepared<File>> {
  const { workingCopy, skipped } = file;
  if (skipped) return { file, skipped };
  try {
    const image =
      workingCopy === undefined ? (await readWorkingCopy(file.path)).image : await readFile(workingCopy);
    return { file, pixels: await framePhoto(image, inputSize, framing) };
  } catch (error) {
    if (!(error instanceof SkipError)) throw error;
    return { file, skipped: { path: file.path, code: error.code, reason: error.reason } };
  }
}

async function* answer<File extends PhotoFile>(
  classifier: Classifier,
  photos: Prepared<File>[],
  signal: AbortSignal,
): AsyncGenerator<Classified<File>, void> {
  const pictures = photos.flatMap((photo) => ('pixels' in photo ? [photo.pixels] : []));
  const probabilities = await classifier.classify(pictures, signal);
  let next = 0;
  for (const photo of photos) {
    const { file } = photo;
    if ('skipped' in photo) yield { kind: 'skipped', file, skipped: photo.skipped };
    else yield { kind: 'classified', file, probabilities: probabilities[next++] ?? new Float32Array(0) };
  }
}
