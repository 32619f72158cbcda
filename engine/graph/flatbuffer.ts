import { Builder, type Offset } from 'flatbuffers';

/** A field of a table, by the type that the schema gives it. */
export type Field =
  | { readonly int8: number }
  | { readonly int32: number }
  | { readonly float32: number }
  | { readonly text: string }
  | { readonly int32s: readonly number[] }
  | { readonly float32s: readonly number[] }
  | { readonly bytes: Uint8Array }
  | { readonly table: Table }
  | { readonly tables: readonly Table[] };

/** Fields in the order of the schema; one that is null is left out, and means its default. */
export type Table = readonly (Field | null)[];

/** A FlatBuffers file of one root table, with the four letters that say what it is. */
export function toFlatbuffer(root: Table, identifier: string): Uint8Array {
  const builder = new Builder(1024);
  builder.finish(write(builder, root), identifier);
  return builder.asUint8Array();
}

/** What a table points to comes before it. */
function write(builder: Builder, table: Table): Offset {
  const offsets = table.map((field) => (field ? writeApart(builder, field) : null));
  builder.startObject(table.length);
  for (const [slot, field] of table.entries()) {
    const offset = offsets[slot] ?? null;
    if (!field) continue;
    if (offset !== null) builder.addFieldOffset(slot, offset, 0);
    else if ('int8' in field) builder.addFieldInt8(slot, field.int8, null);
    else if ('int32' in field) builder.addFieldInt32(slot, field.int32, null);
    else if ('float32' in field) builder.addFieldFloat32(slot, field.float32, null);
  }
  return builder.endObject();
}

/** Writes what does not fit into a table; null for a number, which does. */
function writeApart(builder: Builder, field: Field): Offset | null {
  if ('text' in field) return builder.createString(field.text);
  if ('table' in field) return write(builder, field.table);
  if ('tables' in field) {
    const offsets = field.tables.map((table) => write(builder, table));
    return vector(builder, offsets, (offset) => builder.addOffset(offset));
  }
  if ('int32s' in field) return vector(builder, field.int32s, (value) => builder.addInt32(value));
  if ('float32s' in field) return vector(builder, field.float32s, (value) => builder.addFloat32(value));
  if (!('bytes' in field)) return null;
  // Weights are read where they lie: at multiples of 16, as TFLite's schema demands.
  builder.prep(16, field.bytes.length);
  return builder.createByteVector(field.bytes);
}

/** A vector of values of four bytes; the last is written first. */
function vector<T>(builder: Builder, values: readonly T[], add: (value: T) => void): Offset {
  builder.startVector(4, values.length, 4);
  for (const value of values.toReversed()) add(value);
  return builder.endVector();
}
