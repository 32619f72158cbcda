import type { PhotoId } from '../../contract/index.ts';

export const keyBytes = 36;
export const recordBytes = keyBytes + 4;
const noRow = -1;

/**
 * The records of a feature cache one after the other, as they are on the disk, and where each photo and variant is among
 * them. Takes 48 to 64 bytes a row: with JavaScript's own maps and buffers, the index of a large library takes as much as
 * TensorFlow.
 */
export class RowIndex {
  #records: Buffer;
  #size = 0;
  /** Open addressing: the row whose key begins its search there. At most three quarters are taken. */
  #slots = new Int32Array(0);

  /** Of `records`, `[rows, recordBytes]`, which are taken over. */
  constructor(records: Buffer) {
    this.#records = records;
    this.#size = Math.floor(records.length / recordBytes);
    this.#place();
  }

  /** Rows held. */
  get size(): number {
    return this.#size;
  }

  /** The newest row of a photo and variant, or null when there is none. */
  find(id: PhotoId, variant: number): number | null {
    const row = this.#slots[this.#slotOf(keyOf(id, variant))] ?? noRow;
    return row === noRow ? null : row;
  }

  /** The record of a row, or null when there is no such row. */
  record(row: number): Buffer | null {
    if (!(row >= 0 && row < this.#size)) return null;
    return this.#records.subarray(row * recordBytes, (row + 1) * recordBytes);
  }

  /** Adds the record of the next row; it takes the place of an older one of the same photo and variant. */
  add(record: Buffer): void {
    const at = this.#size * recordBytes;
    if (at + recordBytes > this.#records.length)
      this.#records = Buffer.concat([this.#records], Math.max(64 * recordBytes, 2 * at));
    record.copy(this.#records, at);
    this.#size += 1;
    if (this.#size > 0.75 * this.#slots.length) this.#place();
    else this.#slots[this.#slotOf(record)] = this.#size - 1;
  }

  #place(): void {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(64, 1.5 * this.#size)))).fill(noRow);
    for (let row = 0; row < this.#size; row++)
      this.#slots[this.#slotOf(this.#records, row * recordBytes)] = row;
  }

  /** Where the row of the key at `from` is, or belongs. An id is a hash already. */
  #slotOf(keys: Buffer, from = 0): number {
    const last = this.#slots.length - 1;
    let slot = (keys.readUInt32LE(from) + Math.imul(keys.readUInt16LE(from + 32), 0x9e3779b1)) & last;
    for (;;) {
      const row = this.#slots[slot] ?? noRow;
      if (row === noRow) return slot;
      const at = row * recordBytes;
      if (this.#records.compare(keys, from, from + keyBytes, at, at + keyBytes) === 0) return slot;
      slot = (slot + 1) & last;
    }
  }
}

/** Of a photo and variant: id (32 bytes), variant (uint16), two zero bytes. */
export function keyOf(id: PhotoId, variant: number): Buffer {
  const key = Buffer.alloc(keyBytes);
  key.write(id, 'hex');
  key.writeUInt16LE(variant, 32);
  return key;
}
