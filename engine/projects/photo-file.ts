import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScenelabError, type PhotoId, type PhotoSize } from '../../contract/index.ts';
import { cacheFolder } from '../folders.ts';
import { readPhotoDetails, type Library } from '../library/index.ts';
import { readWorkingCopy, SkipError } from '../photos/index.ts';

/** Copies that are made on demand: where they lie, how long their long side is, how many are kept. */
const previews = { name: 'previews', side: 2560, kept: 200 };
const predicted = { name: 'predicted', side: 512, kept: 2000 };

/**
 * The path of a JPEG of a photo. The tile was made at import; the thumbnail is the working copy; the preview is decoded from
 * the original on demand and kept for a while. Where tile or original is missing, the working copy stands in. Throws
 * NOT_FOUND for the preview of a photo that is not there; whether a thumbnail is, its reader finds out.
 */
export async function photoFile(library: Library, photo: PhotoId, size: PhotoSize): Promise<string> {
  const workingCopy = library.workingCopyPath(photo);
  // A grid asks for hundreds: neither the database nor the drive with the originals is asked about them.
  if (size === 'thumbnail') return workingCopy;
  if (size === 'tile') return existsSync(library.tilePath(photo)) ? library.tilePath(photo) : workingCopy;
  const { path, found, width, height } = readPhotoDetails(library, photo);
  const gainsNothing = Math.max(width, height) <= 512;
  return (found && !gainsNothing && (await copyOf(path, photo, previews))) || workingCopy;
}

/** As `photoFile`, of a file that is in no project. Throws NOT_FOUND when it is no photo any more. */
export async function predictedFile(path: string, photo: PhotoId): Promise<string> {
  const copy = await copyOf(path, photo, predicted);
  if (copy !== null) return copy;
  throw new ScenelabError('NOT_FOUND', `${path} can’t be shown`, '', 'Predict it again');
}

/** A JPEG of a file, made now unless it is there; null when the file is no photo, or none any more. */
async function copyOf(path: string, photo: PhotoId, { name, side, kept }: typeof previews) {
  const folder = join(cacheFolder(), name);
  const copy = join(folder, `${photo}.jpg`);
  if (existsSync(copy)) return copy;
  try {
    const { image } = await readWorkingCopy(path, side);
    await mkdir(folder, { recursive: true });
    // Of two that ask at the same time each writes its own.
    const partial = `${copy}.${randomUUID()}.partial`;
    await writeFile(partial, image);
    await rename(partial, copy);
    await forgetOldest(folder, kept);
    return copy;
  } catch (error) {
    // The file has changed under us.
    if (error instanceof SkipError) return null;
    throw error;
  }
}

async function forgetOldest(folder: string, kept: number): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= kept) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      // Another that forgets at the same time may have been faster.
      return { path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 };
    }),
  );
  const oldest = files.toSorted((a, b) => a.at - b.at).slice(0, names.length - kept);
  await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
}
