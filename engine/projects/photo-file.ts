import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhotoId, PhotoSize } from '../../contract/index.ts';
import { cacheFolder } from '../folders.ts';
import { readPhotoDetails, type Library } from '../library/index.ts';
import { readWorkingCopy, SkipError } from '../photos/index.ts';

const previewSide = 2560;
const keptPreviews = 200;

/**
 * The path of a JPEG of a photo. The thumbnail is the working copy; the preview is decoded from the original on demand and
 * kept for a while. Where the original is gone, the working copy stands in. Throws NOT_FOUND.
 */
export async function photoFile(library: Library, photo: PhotoId, size: PhotoSize): Promise<string> {
  const { path, found, width, height } = readPhotoDetails(library, photo);
  const workingCopy = library.workingCopyPath(photo);
  const gainsNothing = Math.max(width, height) <= 512;
  if (size === 'thumbnail' || !found || gainsNothing) return workingCopy;

  const folder = join(cacheFolder(), 'previews');
  const preview = join(folder, `${photo}.jpg`);
  if (existsSync(preview)) return preview;
  try {
    const { image } = await readWorkingCopy(path, previewSide);
    await mkdir(folder, { recursive: true });
    await writeFile(`${preview}.partial`, image);
    await rename(`${preview}.partial`, preview);
    await forgetOldest(folder);
    return preview;
  } catch (error) {
    // The file has changed under us since it was imported.
    if (error instanceof SkipError) return workingCopy;
    throw error;
  }
}

async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= keptPreviews) return;
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  const oldest = files.toSorted((a, b) => a.at - b.at).slice(0, names.length - keptPreviews);
  await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
}
