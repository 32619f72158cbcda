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
import { isDiskFull, ScenelabError, type PhotoId } from '../../contract/index.ts';

const keyBytes = 36;
const recordBytes = keyBytes + 4;

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
  readonly #index: number;
  readonly #records: Buffer[] = [];
  readonly #rowOf = new Map<string, number>();

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
    this.#index = open(join(folder, 'rows.idx'), readOnly);
    this.#readIndex();
    if (readOnly) return;
    // By this `trimCaches` knows what was used last.
    utimesSync(folder, new Date(), new Date());
    ftruncateSync(this.#rows, this.size * this.#rowBytes);
    ftruncateSync(this.#index, this.size * recordBytes);
  }

  /** Rows held. */
  get size(): number {
    return this.#records.length;
  }

  get #rowBytes(): number {
    return this.valuesPerRow * this.#Values.BYTES_PER_ELEMENT;
  }

  /** Number of the row, or null when it is not held. */
  row(id: PhotoId, variant: number): number | null {
    return this.#rowOf.get(rowKey(id, variant)) ?? null;
  }

  /** Whether the row is held and still reads as it was written. */
  has(id: PhotoId, variant: number): boolean {
    const row = this.row(id, variant);
    return row !== null && this.#readRow(row) !== null;
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
    record.write(id, 'hex');
    record.writeUInt16LE(variant, 32);
    record.writeUInt32LE(checksum(bytes, record), keyBytes);
    const row = this.size;
    write(this.#rows, bytes, row * this.#rowBytes);
    write(this.#index, record, row * recordBytes);
    this.#add(record);
    return row;
  }

  /** The rows one after the other, `[rows.length, valuesPerRow]` float32. Throws NOT_READABLE when one is damaged. */
  read(rows: ArrayLike<number>): Float32Array<ArrayBuffer> {
    return this.#readInto(new Float32Array(rows.length * this.valuesPerRow), rows);
  }

  /** `read` in float16. */
  readHalf(rows: ArrayLike<number>): Float16Array<ArrayBuffer> {
    return this.#readInto(new Float16Array(rows.length * this.valuesPerRow), rows);
  }

  [Symbol.dispose](): void {
    closeSync(this.#rows);
    closeSync(this.#index);
  }

  #add(record: Buffer): void {
    this.#rowOf.set(rowKey(record.toString('hex', 0, 32), record.readUInt16LE(32)), this.size);
    this.#records.push(record);
  }

  #readIndex(): void {
    const index = Buffer.alloc(fstatSync(this.#index).size);
    readSync(this.#index, index, 0, index.length, 0);
    const whole = Math.floor(fstatSync(this.#rows).size / this.#rowBytes);
    const rows = Math.min(whole, Math.floor(index.length / recordBytes));
    for (let row = 0; row < rows; row++)
      this.#add(index.subarray(row * recordBytes, (row + 1) * recordBytes));
  }

  #readInto<Values extends Float16Array | Float32Array>(values: Values, rows: ArrayLike<number>): Values {
    for (let at = 0; at < rows.length; at++) {
      const row = this.#readRow(rows[at] ?? -1);
      if (row === null) throw damaged(this.folder);
      if (row.constructor === values.constructor) values.set(row, at * row.length);
      // Ten times as fast as letting `set` convert.
      else for (let i = 0; i < row.length; i++) values[at * row.length + i] = row[i] ?? 0;
    }
    return values;
  }

  #readRow(row: number): Float16Array | Float32Array | null {
    const record = this.#records[row];
    if (record === undefined) return null;
    const bytes = new Uint8Array(this.#rowBytes);
    const read = readSync(this.#rows, bytes, 0, bytes.length, row * bytes.length);
    const intact = read === bytes.length && checksum(bytes, record) === record.readUInt32LE(keyBytes);
    return intact ? new this.#Values(bytes.buffer) : null;
  }
}

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

function rowKey(id: PhotoId, variant: number): string {
  return `${id} ${variant}`;
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
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, position + at);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new ScenelabError(
      'DISK_FULL',
      'The disk is full',
      '',
      'Make room and start again; what is done is kept',
      error,
    );
  }
}

function damaged(folder: string): ScenelabError {
  return new ScenelabError(
    'NOT_READABLE',
    `A row of the feature cache ${folder} is damaged`,
    '',
    'Start again: damaged rows are found and computed anew',
  );
}
