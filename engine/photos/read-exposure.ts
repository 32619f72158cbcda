import type { Exposure } from '../../contract/index.ts';
import { rawDirectories } from './raw-preview.ts';
import { exifDirectories } from './read-exif.ts';
import { readPhotoFile } from './read-photo-file.ts';
import { Tag, type Ifd } from './read-tiff.ts';
import { sharp } from './sharp.ts';
import { sniffFormat } from './sniff-format.ts';

/** How a photo was exposed, from the EXIF of its file. Never throws: what is absent or can't be read is null. */
export async function readExposure(path: string): Promise<Exposure> {
  // Directories look things up in the bytes they are of.
  using file = await readPhotoFile(path).catch(() => null);
  const ifds = file ? await directoriesOf(file.bytes).catch(() => []) : [];
  const fraction = (tag: number) => ifds.map((ifd) => ifd.fraction(tag)).find(Boolean) ?? null;
  return {
    seconds: fraction(Tag.exposureTime),
    aperture: fraction(Tag.fNumber),
    iso: ifds.flatMap((ifd) => ifd.numbers(Tag.isoSpeed)).find((speed) => speed > 0) ?? null,
    focalLength: fraction(Tag.focalLength),
    lens: ifds.map((ifd) => ifd.text(Tag.lensModel)).find((name) => name !== '') ?? null,
  };
}

async function directoriesOf(bytes: Buffer): Promise<Ifd[]> {
  const format = sniffFormat(bytes);
  if (format === 'raw') return rawDirectories(bytes);
  if (format === 'tiff') return exifDirectories(bytes);
  return exifDirectories((await sharp(bytes, { limitInputPixels: false }).metadata()).exif);
}
