import { readTiff, Tag, type Ifd } from './read-tiff.ts';
import { SkipError } from './skip-error.ts';

/** The picture that the camera itself developed and put into its RAW file. */
export interface RawPreview {
  /** The largest embedded JPEG. Bytes of other things may follow its end. */
  jpeg: Buffer;
  /** EXIF orientation (1 … 8) that the RAW file states for its pictures; null when only the JPEG's own can be believed. */
  orientation: number | null;
}

/** The embedded preview of a RAW file of any camera. Throws {@link SkipError} NO_PREVIEW when there is none. */
export function rawPreview(bytes: Buffer): RawPreview {
  const ifds = rawDirectories(bytes);
  const named = largest(ifds.flatMap((ifd) => namedJpegs(bytes, ifd)));
  // Makers hide previews in notes and boxes of their own; a JPEG is recognised wherever it lies.
  const jpeg = named ?? largest(scanJpegs(bytes));
  if (jpeg === undefined)
    throw new SkipError(
      'NO_PREVIEW',
      'This RAW file has no embedded preview; export it as JPEG or DNG with preview.',
    );
  return { jpeg, orientation: ifds[0]?.numbers(Tag.orientation)[0] ?? null };
}

/** The TIFF directories of a RAW file: the file itself, or the boxes CMT1 (main) and CMT2 (EXIF) of a Canon CR3. */
export function rawDirectories(bytes: Buffer): Ifd[] {
  if (bytes.toString('latin1', 4, 12) !== 'ftypcrx ') return readTiff(bytes);
  return ['CMT1', 'CMT2'].flatMap((box) => {
    const at = bytes.indexOf(box, 0, 'latin1');
    return at < 0 ? [] : readTiff(bytes.subarray(at + 4));
  });
}

/** JPEGs that a directory points to: as its thumbnail, or as its only strip. */
function namedJpegs(bytes: Buffer, ifd: Ifd): Buffer[] {
  const pairs: [number[], number[]][] = [
    [ifd.numbers(Tag.jpegOffset), ifd.numbers(Tag.jpegLength)],
    [ifd.numbers(Tag.stripOffsets), ifd.numbers(Tag.stripByteCounts)],
  ];
  return pairs.flatMap(([[at], [length, second]]) =>
    at === undefined || length === undefined || second !== undefined ? [] : [bytes.subarray(at, at + length)],
  );
}

function scanJpegs(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const start = Buffer.from([0xff, 0xd8, 0xff]);
  for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1))
    found.push(bytes.subarray(at));
  return found;
}

function largest(jpegs: Buffer[]): Buffer | undefined {
  const sized = jpegs.map((jpeg) => ({ jpeg, pixels: jpegPixels(jpeg) })).filter(({ pixels }) => pixels > 0);
  return sized.sort((a, b) => b.pixels - a.pixels)[0]?.jpeg;
}

/**
 * Pixels of the JPEG at the start of `bytes`, by its frame header (ITU-T T.81, B.2.2); 0 when there is none, or when it is
 * lossless or deeper than eight bits, as sensor data is.
 */
function jpegPixels(bytes: Buffer): number {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== 0xffd8) return 0;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xc2;
    if (isFrame) return bytes[at + 4] === 8 ? bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7) : 0;
    const length = bytes.readUInt16BE(at + 2);
    if (marker < 0xc3 || marker === 0xda || length < 2) return 0;
    at += 2 + length;
  }
  return 0;
}
