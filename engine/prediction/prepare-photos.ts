import { availableParallelism } from 'node:os';
import type { Framing, Skipped } from '../../contract/index.ts';
import { mapInOrder } from '../map-in-order.ts';
import { framePhoto, readStoredCopy, skippedBy } from '../photos/index.ts';

/** A photo to be looked at: a file as it came, or one of the library, whose working copy is there already. */
export interface PhotoFile {
  readonly path: string;
  readonly workingCopy?: string;
  /** Why it is not worth looking at, when that is known already. */
  readonly skipped?: Skipped;
}

/** A photo as a network sees it, `[inputSize, inputSize, 3]` uint8, or why it can't be. */
export type PreparedPhoto<File extends PhotoFile> =
  | { readonly kind: 'prepared'; readonly file: File; readonly pixels: Uint8Array }
  | { readonly kind: 'skipped'; readonly file: File; readonly skipped: Skipped };

/** Decodes and frames photos, several at once, at most `ahead` of whoever takes them, in their order. */
export function preparePhotos<File extends PhotoFile>(
  files: Iterable<File>,
  { inputSize, framing, ahead }: { inputSize: number; framing: Framing; ahead: number },
): AsyncGenerator<PreparedPhoto<File>, void> {
  const atOnce = Math.max(4, 2 * availableParallelism());
  return mapInOrder(files, (file) => preparePhoto(file, inputSize, framing), { atOnce, ahead });
}

/** Decodes and frames one photo. */
export async function preparePhoto<File extends PhotoFile>(
  file: File,
  inputSize: number,
  framing: Framing,
): Promise<PreparedPhoto<File>> {
  const { path, workingCopy, skipped } = file;
  if (skipped) return { kind: 'skipped', file, skipped };
  try {
    const image = await readStoredCopy(path, workingCopy);
    return { kind: 'prepared', file, pixels: await framePhoto(image, inputSize, framing) };
  } catch (error) {
    return { kind: 'skipped', file, skipped: skippedBy(error, path) };
  }
}
