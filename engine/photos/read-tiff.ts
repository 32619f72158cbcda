/** A directory of a TIFF file: fields by their tag. */
export interface Ifd {
  /** Values of a numeric field; empty when it is absent or lies outside the bytes. */
  numbers(tag: number): number[];
  /** First value of a field of fractions; null when it is absent or no number. */
  fraction(tag: number): number | null;
  /** Value of a text field without padding; empty when it is absent. */
  text(tag: number): string;
}

/** Tags that are read, by the names of TIFF 6.0, TIFF/EP, EXIF 2.32 and DNG 1.6. */
export const Tag = {
  compression: 0x103,
  photometric: 0x106,
  make: 0x10f,
  model: 0x110,
  stripOffsets: 0x111,
  orientation: 0x112,
  stripByteCounts: 0x117,
  subIfds: 0x14a,
  jpegOffset: 0x201,
  jpegLength: 0x202,
  exposureTime: 0x829a,
  fNumber: 0x829d,
  exifIfd: 0x8769,
  isoSpeed: 0x8827,
  dateTimeOriginal: 0x9003,
  focalLength: 0x920a,
  subSecTimeOriginal: 0x9291,
  lensModel: 0xa434,
  dngVersion: 0xc612,
} as const;

/** Byte sizes of the field types 1 … 13; fractions (5) are read by themselves, doubles are of no use here. */
const typeSizes = [0, 1, 1, 2, 4, 0, 1, 1, 2, 4, 0, 0, 0, 4];
const unsignedFraction = 5;
/** More directories than any camera writes; a damaged file may name any number of them. */
const mostIfds = 64;
/** More values than any field needed here has. */
const mostValues = 65_536;

/**
 * Directories of a TIFF structure (a TIFF, a TIFF-based RAW or an EXIF block), its first one first, sub-directories and the
 * EXIF directory included. Whatever is damaged is left out: never throws, never loops, never reads outside `bytes`.
 */
export function readTiff(bytes: Buffer): Ifd[] {
  const order = bytes.toString('latin1', 0, 2);
  if (bytes.length < 8 || (order !== 'II' && order !== 'MM')) return [];
  const reader = new Reader(bytes, order === 'II');
  const ifds: Ifd[] = [];
  const waiting = [reader.uint(4, 4)];
  const seen = new Set([0]);
  for (let at = waiting.shift(); at !== undefined && ifds.length < mostIfds; at = waiting.shift()) {
    if (seen.has(at) || at + 2 > bytes.length) continue;
    seen.add(at);
    const fields = reader.fields(at);
    const ifd: Ifd = {
      numbers: (tag) => reader.numbers(fields.get(tag)),
      fraction: (tag) => reader.fraction(fields.get(tag)),
      text: (tag) => reader.text(fields.get(tag)),
    };
    ifds.push(ifd);
    const next = at + 2 + 12 * reader.uint(at, 2);
    waiting.push(...ifd.numbers(Tag.subIfds), ...ifd.numbers(Tag.exifIfd), reader.uint(next, 4));
  }
  return ifds;
}

/** Offset of a field's twelve bytes. */
type Field = number;

class Reader {
  readonly #bytes: Buffer;
  readonly #littleEndian: boolean;

  constructor(bytes: Buffer, littleEndian: boolean) {
    this.#bytes = bytes;
    this.#littleEndian = littleEndian;
  }

  /** The unsigned integer of `size` bytes at `at`; 0 outside the bytes. */
  uint(at: number, size: number): number {
    if (at + size > this.#bytes.length) return 0;
    return this.#littleEndian ? this.#bytes.readUIntLE(at, size) : this.#bytes.readUIntBE(at, size);
  }

  fields(ifd: number): Map<number, Field> {
    const fields = new Map<number, Field>();
    const count = this.uint(ifd, 2);
    for (let at = ifd + 2; at < ifd + 2 + 12 * count && at + 12 <= this.#bytes.length; at += 12)
      fields.set(this.uint(at, 2), at);
    return fields;
  }

  numbers(field: Field | undefined): number[] {
    const found = this.#locate(field);
    if (found === undefined) return [];
    const count = Math.min(found.count, mostValues);
    return Array.from({ length: count }, (_, i) => this.uint(found.at + i * found.size, found.size));
  }

  fraction(field: Field | undefined): number | null {
    if (field === undefined || this.uint(field + 2, 2) !== unsignedFraction) return null;
    const at = this.uint(field + 8, 4);
    const value = this.uint(at, 4) / this.uint(at + 4, 4);
    return Number.isFinite(value) ? value : null;
  }

  text(field: Field | undefined): string {
    const found = this.#locate(field);
    if (found === undefined) return '';
    const text = this.#bytes.toString('latin1', found.at, found.at + found.count * found.size);
    return (text.split('\0')[0] ?? '').trim();
  }

  /** Place of a field's values: in the field itself when they fit into four bytes. */
  #locate(field: Field | undefined): { at: number; count: number; size: number } | undefined {
    if (field === undefined) return undefined;
    const size = typeSizes[this.uint(field + 2, 2)] ?? 0;
    const count = this.uint(field + 4, 4);
    const at = size * count <= 4 ? field + 8 : this.uint(field + 8, 4);
    return size === 0 || at + size * count > this.#bytes.length ? undefined : { at, count, size };
  }
}
