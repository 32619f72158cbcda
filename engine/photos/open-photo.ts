import type { Metadata, Sharp } from 'sharp';
import { decodeBmp } from './decode-bmp.ts';
import { assignProfile, decodeHeic } from './decode-heic.ts';
import { mostPixels, tooManyPixels } from './explain-failure.ts';
import { withinMemory } from './memory-budget.ts';
import { rawDirectories, rawPreview } from './raw-preview.ts';
import { exifDirectories, readExif, type Exif } from './read-exif.ts';
import { sharp } from './sharp.ts';
import type { PhotoFormat } from './sniff-format.ts';

/** What is to be opened, how strictly, and how large it is wanted at most. */
export interface Opening {
  bytes: Buffer;
  format: PhotoFormat;
  failOn: 'warning' | 'error';
  longSide: number;
}

/** A photo on its way: pixels not decoded yet where that can wait. */
export interface OpenPhoto {
  image: Sharp;
  /** Pixels of the original as stored, before `orientation` is applied. */
  width: number;
  height: number;
  /** Whether decoding holds the whole picture at once instead of some rows. */
  inMemory: boolean;
  /** EXIF orientation (1 … 8) that still has to be applied. */
  orientation: number;
  exif: Exif;
}

/** Opens a photo of any format by the decoder that knows it. Throws SkipError, or what sharp throws. */
export function openPhoto(opening: Opening): Promise<OpenPhoto> {
  switch (opening.format) {
    case 'raw':
      return openRaw(opening);
    case 'heic':
      return openHeic(opening);
    case 'bmp':
      return openBmp(opening);
    default:
      return openCommon(opening);
  }
}

/** Within a square of `longSide`, never enlarged. */
export function shrink(image: Sharp, longSide: number): Sharp {
  return image.resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true });
}

/** One frame, within the limits; only the header is read yet. */
async function openBytes(bytes: Buffer, failOn: Opening['failOn']) {
  const image = sharp(bytes, { limitInputPixels: mostPixels, failOn, pages: 1 });
  return { image, found: await image.metadata() };
}

async function openCommon({ bytes, format, failOn }: Opening): Promise<OpenPhoto> {
  const { image, found } = await openBytes(bytes, failOn);
  return {
    image,
    width: found.width,
    height: found.height,
    inMemory: format === 'avif' || format === 'webp' || (found.isProgressive ?? false),
    // An AVIF's container is turned while decoding; its EXIF orientation only repeats it.
    orientation: format === 'avif' ? 1 : orientationOf(found),
    exif: readExif(exifDirectories(format === 'tiff' ? bytes : found.exif)),
  };
}

async function openBmp({ bytes }: Opening): Promise<OpenPhoto> {
  const { data, ...raw } = decodeBmp(bytes);
  return { image: sharp(data, { raw }), ...raw, inMemory: true, orientation: 1, exif: readExif([]) };
}

async function openRaw({ bytes, failOn }: Opening): Promise<OpenPhoto> {
  const { jpeg, orientation } = rawPreview(bytes);
  const { image, found } = await openBytes(jpeg, failOn);
  return {
    image,
    width: found.width,
    height: found.height,
    inMemory: found.isProgressive ?? false,
    orientation: orientation ?? orientationOf(found),
    exif: readExif([...rawDirectories(bytes), ...exifDirectories(found.exif)]),
  };
}

async function openHeic({ bytes, longSide }: Opening): Promise<OpenPhoto> {
  // The container's head alone is read here: sharp knows HEIF, only not its usual codec.
  const { width, height, icc, exif } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (width * height > mostPixels) throw tooManyPixels();
  const png = await withinMemory(width * height, async () => {
    const { data, ...raw } = await decodeHeic(bytes);
    return await shrink(sharp(data, { raw }), longSide).png({ compressionLevel: 1 }).toBuffer();
  });
  const image = sharp(icc === undefined ? png : assignProfile(png, icc));
  return { image, width, height, inMemory: false, orientation: 1, exif: readExif(exifDirectories(exif)) };
}

/** EXIF orientation, else the one that XMP repeats it in (editors of PNG write only that). */
function orientationOf({ orientation, xmpAsString }: Metadata): number {
  const stated = orientation ?? Number(/tiff:Orientation(?:="|>)([1-8])/.exec(xmpAsString ?? '')?.[1] ?? 1);
  return stated >= 1 && stated <= 8 ? stated : 1;
}
