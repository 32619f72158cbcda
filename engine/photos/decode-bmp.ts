import { unpackRuns } from './bmp-runs.ts';
import { SkipError } from './skip-error.ts';

/** Pixels as sharp takes them: rows from the top, no padding. */
export interface RawImage {
  /** [height, width, channels] uint8; RGB, or RGBA with straight alpha. */
  data: Uint8Array;
  width: number;
  height: number;
  channels: 3 | 4;
}

interface Header {
  width: number;
  height: number;
  topDown: boolean;
  bits: number;
  compression: number;
  /** Blue, green and red of every palette entry, entries 3 (OS/2) or 4 bytes apart. */
  palette: Buffer;
  entryBytes: number;
  masks: number[];
  pixels: Buffer;
}

const Compression = { none: 0, rle8: 1, rle4: 2, bitFields: 3, alphaBitFields: 6 } as const;

/** Bitmaps are unpacked right here, on the engine's main thread: a second for the largest. */
const mostBitmapPixels = 64e6;

/**
 * A Windows or OS/2 bitmap of 1, 4, 8, 16, 24 or 32 bits, plain, run-length encoded or with bit fields (Microsoft, "Bitmap
 * Storage"). Throws {@link SkipError}: DAMAGED, TRUNCATED, UNSUPPORTED_FORMAT, or TOO_LARGE.
 */
export function decodeBmp(bytes: Buffer): RawImage {
  const header = readHeader(bytes);
  const { width, height } = header;
  if (width * height > mostBitmapPixels)
    throw new SkipError('TOO_LARGE', 'The bitmap has more than 64 megapixels; save it as PNG.');
  return header.bits <= 8 ? decodeIndexed(header) : decodeDirect(header);
}

function readHeader(bytes: Buffer): Header {
  const damaged = new SkipError('DAMAGED', 'This bitmap is damaged: its header makes no sense.');
  const size = bytes.length < 26 ? 0 : bytes.readUInt32LE(14);
  if (size !== 12 && (size < 40 || bytes.length < 14 + size)) throw damaged;
  const old = size === 12;
  const width = old ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const signedHeight = old ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const bits = bytes.readUInt16LE(old ? 24 : 28);
  const compression = old ? Compression.none : bytes.readUInt32LE(30);
  const height = Math.abs(signedHeight);
  if (width <= 0 || height === 0 || ![1, 4, 8, 16, 24, 32].includes(bits)) throw damaged;
  if (!Object.values<number>(Compression).includes(compression))
    throw new SkipError('UNSUPPORTED_FORMAT', 'This bitmap is compressed in an unusual way; save it as PNG.');
  const masksAt = 54;
  const hasMasks = compression === Compression.bitFields || compression === Compression.alphaBitFields;
  const maskCount = size >= 56 || compression === Compression.alphaBitFields ? 4 : 3;
  const given = Array.from({ length: hasMasks ? maskCount : 0 }, (_, i) =>
    masksAt + 4 * i + 4 <= bytes.length ? bytes.readUInt32LE(masksAt + 4 * i) : 0,
  );
  const paletteAt = 14 + size + (hasMasks && size === 40 ? 4 * maskCount : 0);
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bits,
    compression,
    palette: bytes.subarray(paletteAt, paletteAt + 4 * 256),
    entryBytes: old ? 3 : 4,
    masks: hasMasks ? given : defaultMasks(bits),
    pixels: bytes.subarray(bytes.readUInt32LE(10)),
  };
}

function defaultMasks(bits: number): number[] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
}

/** Rows of a bitmap are padded to four bytes. */
function rowBytes(header: Header): number {
  return Math.ceil((header.width * header.bits) / 32) * 4;
}

function requireAll(header: Header): void {
  if (header.pixels.length >= rowBytes(header) * header.height) return;
  throw new SkipError('TRUNCATED', 'The photo is cut short: the end of the file is missing.');
}

function sourceRow({ topDown, height }: Header, y: number): number {
  return topDown ? y : height - 1 - y;
}

function decodeIndexed(header: Header): RawImage {
  const { width, height, bits, palette, entryBytes } = header;
  const runs = header.compression === Compression.rle8 || header.compression === Compression.rle4;
  const indices = runs
    ? unpackRuns(header.pixels, width, height, header.compression === Compression.rle4)
    : undefined;
  if (indices === undefined) requireAll(header);
  const stride = rowBytes(header);
  const perByte = 8 / bits;
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = sourceRow(header, y);
    for (let x = 0; x < width; x++, to += 3) {
      const byte = header.pixels[row * stride + Math.floor(x / perByte)] ?? 0;
      const packed = (byte >> (8 - bits * ((x % perByte) + 1))) & ((1 << bits) - 1);
      const entry = (indices === undefined ? packed : (indices[row * width + x] ?? 0)) * entryBytes;
      data[to] = palette[entry + 2] ?? 0;
      data[to + 1] = palette[entry + 1] ?? 0;
      data[to + 2] = palette[entry] ?? 0;
    }
  }
  return { data, width, height, channels: 3 };
}

function decodeDirect(header: Header): RawImage {
  requireAll(header);
  const { width, height, bits, pixels } = header;
  const bytesPerPixel = bits / 8;
  // An alpha mask of zero means no alpha, and 32-bit bitmaps without masks leave their fourth byte unused.
  const fields = header.masks.filter((mask) => mask !== 0).map(bitField);
  const channels = fields.length === 4 ? 4 : 3;
  if (fields.length < 3) throw new SkipError('DAMAGED', 'This bitmap is damaged: its colours make no sense.');
  const stride = rowBytes(header);
  const data = new Uint8Array(width * height * channels);
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = sourceRow(header, y) * stride;
    for (let x = 0; x < width; x++, from += bytesPerPixel) {
      const value = pixels.readUIntLE(from, bytesPerPixel);
      for (const { shift, largest } of fields)
        data[to++] = Math.round((((value >>> shift) & largest) * 255) / largest);
    }
  }
  return { data, width, height, channels };
}

function bitField(mask: number): { shift: number; largest: number } {
  const shift = 31 - Math.clz32(mask & -mask);
  return { shift, largest: mask >>> shift };
}
