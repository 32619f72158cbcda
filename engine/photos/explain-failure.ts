import { SkipError } from './skip-error.ts';
import type { PhotoFormat } from './sniff-format.ts';

/** The largest camera makes 200 megapixels; a decompression bomb claims thousands. */
export const mostPixels = 250e6;

/** A photo of more than {@link mostPixels}. */
export function tooManyPixels(cause?: unknown): SkipError {
  return new SkipError('TOO_LARGE', `The photo has more than ${mostPixels / 1e6} megapixels.`, cause);
}

/** What a decoder threw, in a photographer's words; the decoder's own stay in `cause`. A bug of ours stays what it is. */
export function explainFailure(error: unknown, bytes: Buffer, format: PhotoFormat): unknown {
  if (error instanceof SkipError || !(error instanceof Error) || error instanceof TypeError) return error;
  if (/pixel limit|security limit/i.test(error.message)) return tooManyPixels(error);
  if (/timeout/i.test(error.message))
    return new SkipError('TOO_LARGE', 'The photo takes more than a minute to decode.', error);
  if (isCutShort(error.message, bytes, format))
    return new SkipError('TRUNCATED', 'The photo is cut short: the end of the file is missing.', error);
  return new SkipError('DAMAGED', `The ${names[format]} photo is damaged and can't be decoded.`, error);
}

const names: Record<PhotoFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  gif: 'GIF',
  tiff: 'TIFF',
  avif: 'AVIF',
  heic: 'HEIC',
  bmp: 'BMP',
  raw: 'RAW',
};

/** By what each format ends with, or by what its decoder says when it finds no end. */
function isCutShort(message: string, bytes: Buffer, format: PhotoFormat): boolean {
  switch (format) {
    case 'jpeg':
    case 'raw':
      return /premature end of JPEG image/.test(message);
    case 'png':
      return !bytes.includes('IEND', -64, 'latin1');
    case 'webp':
      return bytes.length < 8 + (bytes.length < 8 ? 0 : bytes.readUInt32LE(4));
    case 'gif':
      return /Unexpected end/.test(message);
    case 'tiff':
      return bytes.length < 8 || !hasDirectory(bytes);
    default:
      return /end of file|bad seek/i.test(message);
  }
}

/** Whether a TIFF's first directory lies within the file. */
function hasDirectory(bytes: Buffer): boolean {
  const at = bytes[0] === 0x49 ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  return at < bytes.length;
}
