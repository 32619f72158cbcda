import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ScenelabError, type PhotoId } from '../../contract/index.ts';
import { writeFailure } from '../files/write-failure.ts';
import { keyBytes, keyOf, recordBytes, RowIndex } from './row-index.ts';

/** Rows that lie as near one another on the disk are read at once. */
const bytesAtOnce = 2 ** 18;

interface FeatureCacheOptions {
  readonly readOnly?: boolean;
  /** How values are kept. */
  readonly precision?: 'float16' | 'float32';
}

/**
 * Features of photos on disk, one row of float16 (or float32) per photo and variant, only ever appended to.
 *
 * `rows.f16` (`rows.f32`) holds the rows, `valuesPerRow` little-endian values each. `rows.idx` holds per row the photo id (32 bytes),
 * the variant (uint16), two zero bytes, and the CRC-32 of the row followed by these 36 bytes. A record is written after
 * its row, so that a process killed at any instant loses at most the row it was writing.
 */
export class FeatureCache implements Disposable {
  readonly folder: string;
  readonly valuesPerRow: number;
  readonly #Values: Float16ArrayConstructor | Float32ArrayConstructor;
  readonly #rows: number;
  readonly #records: number;
  readonly #index: RowIndex;
  /** What was read last. */
  #buffer = new Uint8Array(0);

  constructor(
    folder: string,
    valuesPerRow: number,
    { readOnly = false, precision = 'float16' }: FeatureCacheOptions,
  ) {
    this.folder = folder;
    this.valuesPerRow = valuesPerRow;
    this.#Values = precision === 'float16' ? Float16Array : Float32Array;
    if (!readOnly) mkdirSync(folder, { recursive: true });
    this.#rows = open(join(folder, precision === 'float16' ? 'rows.f16' : 'rows.f32'), readOnly);
    this.#records = open(join(folder, 'rows.idx'), readOnly);
    this.#index = this.#readIndex();
    if (readOnly) return;
    // By this `trimCaches` knows what was used last.
    utimesSync(folder, new Date(), new Date());
    ftruncateSync(this.#rows, this.size * this.#rowBytes);
    ftruncateSync(this.#records, this.size * recordBytes);
  }

  /** Rows held. */
  get size(): number {
    return this.#index.size;
  }

  get #rowBytes(): number {
    return this.valuesPerRow * this.#Values.BYTES_PER_ELEMENT;
  }

  /** Number of the row, or null when it is not held. */
  row(id: PhotoId, variant: number): number | null {
    return this.#index.find(id, variant);
  }

  /** Whether the row is held and still reads as it was written. */
  has(id: PhotoId, variant: number): boolean {
    const row = this.row(id, variant);
    if (row === null) return false;
    const bytes = this.#readBytes(row, row + 1);
    return bytes !== null && this.#isIntact(row, bytes);
  }

  /**
   * Stores `values`, `[valuesPerRow]`, and returns the number of its row; it takes the place of an older row of the same
   * photo and variant. Throws DISK_FULL.
   */
  append(id: PhotoId, variant: number, values: Float32Array): number {
    if (values.length !== this.valuesPerRow)
      throw new RangeError(`a row of ${values.length} values for a cache of ${this.valuesPerRow}`);
    const bytes = new Uint8Array(new this.#Values(values).buffer);
    const record = Buffer.alloc(recordBytes);
    keyOf(id, variant).copy(record);
    record.writeUInt32LE(checksum(bytes, record), keyBytes);
    const row = this.size;
    try {
      write(this.#rows, bytes, row * this.#rowBytes);
      write(this.#records, record, row * recordBytes);
    } catch (error) {
      throw writeFailure(error, this.folder);
    }
    this.#index.add(record);
    return row;
  }

  /** The rows one after the other, `[rows.length, valuesPerRow]` float32. Throws NOT_READABLE when one is damaged. */
  read(rows: ArrayLike<number>): Float32Array<ArrayBuffer> {
    return this.readInto(new Float32Array(rows.length * this.valuesPerRow), rows);
  }

  /** `read` in float16. */
  readHalf(rows: ArrayLike<number>): Float16Array<ArrayBuffer> {
    return this.readInto(new Float16Array(rows.length * this.valuesPerRow), rows);
  }

  [Symbol.dispose](): void {
    closeSync(this.#rows);
    closeSync(this.#records);
  }

  #readIndex(): RowIndex {
    const index = Buffer.alloc(fstatSync(this.#records).size);
    readSync(this.#records, index, 0, index.length, 0);
    const whole = Math.floor(fstatSync(this.#rows).size / this.#rowBytes);
    const rows = Math.min(whole, Math.floor(index.length / recordBytes));
    return new RowIndex(index.subarray(0, rows * recordBytes));
  }

  /** `read` into `values`, `[rows.length, valuesPerRow]`, which is given back. */
  readInto<Values extends Float16Array | Float32Array>(values: Values, rows: ArrayLike<number>): Values {
    for (let from = 0; from < rows.length;) {
      const to = this.#nearUntil(rows, from);
      const [first, end] = [rows[from] ?? -1, (rows[to - 1] ?? -1) + 1];
      const bytes = this.#readBytes(first, end);
      for (; from < to; from++) {
        const row = rows[from] ?? -1;
        const place = (row - first) * this.#rowBytes;
        const own = bytes?.subarray(place, place + this.#rowBytes);
        if (!own || !this.#isIntact(row, own)) throw damaged(this.folder);
        this.#copyInto(values, from * this.valuesPerRow, own);
      }
    }
    return values;
  }

  /** Where the rows from `from` on end that are read at once: they go up, without large gaps. */
  #nearUntil(rows: ArrayLike<number>, from: number): number {
    const first = rows[from] ?? -1;
    let to = from + 1;
    for (; to < rows.length; to++) {
      const [last, row] = [rows[to - 1] ?? -1, rows[to] ?? -1];
      if (row <= last || row > last + 4 || (row - first) * this.#rowBytes >= bytesAtOnce) break;
    }
    return to;
  }

  /** The bytes of the rows from one to another, until the next call; null when they can't all be read. */
  #readBytes(from: number, to: number): Uint8Array<ArrayBuffer> | null {
    if (!(from >= 0 && to <= this.size)) return null;
    const length = (to - from) * this.#rowBytes;
    if (this.#buffer.length < length) this.#buffer = new Uint8Array(length);
    const read = readSync(this.#rows, this.#buffer, 0, length, from * this.#rowBytes);
    return read === length ? this.#buffer.subarray(0, length) : null;
  }

  #isIntact(row: number, bytes: Uint8Array): boolean {
    const record = this.#index.record(row);
    return record !== null && checksum(bytes, record) === record.readUInt32LE(keyBytes);
  }

  #copyInto(
    values: Float16Array | Float32Array,
    at: number,
    { buffer, byteOffset }: Uint8Array<ArrayBuffer>,
  ) {
    const count = this.valuesPerRow;
    if (values instanceof this.#Values) return values.set(new this.#Values(buffer, byteOffset, count), at);
    if (values instanceof Float16Array) return values.set(new Float32Array(buffer, byteOffset, count), at);
    const halves = new Uint16Array(buffer, byteOffset, count);
    // Ten times as fast as reading from a Float16Array.
    for (let i = 0; i < count; i++) values[at + i] = floats[halves[i] ?? 0] ?? 0;
  }
}

/** The number that each of the 65,536 patterns of a float16 stands for. */
const floats = Float32Array.from(
  new Float16Array(Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits).buffer),
);

/**
 * Opens the features kept in a folder, which is made when it is missing; a torn end is cut off. One process may write at
 * a time; with `readOnly` (any number of threads) what another thread appends later is not seen.
 */
export function openFeatureCache(
  folder: string,
  valuesPerRow: number,
  options: FeatureCacheOptions = {},
): FeatureCache {
  return new FeatureCache(folder, valuesPerRow, options);
}

function checksum(row: Uint8Array, record: Buffer): number {
  return crc32(record.subarray(0, keyBytes), crc32(row));
}

function open(file: string, readOnly: boolean): number {
  // 'a+' makes the file when it is missing but would ignore the position of a write.
  if (!readOnly) closeSync(openSync(file, 'a+'));
  return openSync(file, readOnly ? 'r' : 'r+');
}

function write(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, position + at);
}

function damaged(folder: string): ScenelabError {
  return new ScenelabError(
    'NOT_READABLE',
    `A row of the feature cache ${folder} is damaged`,
    '',
    'Start again: damaged rows are found and computed anew',
  );
}
