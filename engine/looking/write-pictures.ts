import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WrittenPictures } from '../../contract/index.ts';
import { writeFailure } from '../files/write-failure.ts';
import { writePng, type RawPicture } from '../photos/index.ts';

/** Long side of a picture that is written, about. */
const side = 224;

/**
 * Writes pictures of one size that lie one after the other in `bytes` as PNG files into a folder, which is made; files of the
 * same names are replaced.
 * @throws ScenelabError DISK_FULL, NOT_WRITABLE
 */
export async function writePictures(
  folder: string,
  names: readonly string[],
  { data, ...size }: RawPicture,
): Promise<WrittenPictures> {
  const length = size.height * size.width * size.channels;
  const files: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [i, name] of names.entries()) {
      // Parts of a layer are named after it with a slash between.
      const path = join(folder, `${name.replaceAll('/', '-')}.png`);
      await writePng(path, { ...size, data: data.subarray(i * length, (i + 1) * length) }, side);
      files.push(path);
    }
    return { files };
  } catch (error) {
    throw writeFailure(error, folder);
  }
}
