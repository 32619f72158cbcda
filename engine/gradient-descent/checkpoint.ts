import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Weight } from '../graph/inference-graph.ts';

/** What a training needs to go on, or a finished one to be used: some facts and named tensors. */
export interface Checkpoint<State> {
  readonly state: State;
  readonly tensors: ReadonlyMap<string, Weight>;
}

const magic = Buffer.from('SLCHECK1');
const Header = z.object({
  state: z.unknown(),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.number().int().min(0)) })),
});

/**
 * Writes a checkpoint in the place of an older one; whatever happens, the file is either the old or the new one.
 *
 * The file: `SLCHECK1`, uint32 length of the header, the header (JSON), the tensors as little-endian float32 in the
 * header's order, CRC-32 of all before it.
 */
export function writeCheckpoint(file: string, { state, tensors }: Checkpoint<unknown>): void {
  const header = Buffer.from(
    JSON.stringify({ state, tensors: [...tensors].map(([name, { shape }]) => ({ name, shape })) }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const data = [...tensors.values()].map(
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  const parts = [magic, length, header, ...data];
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(parts.reduce((crc, part) => crc32(part, crc), 0));
  writeThrough(`${file}.new`, [...parts, checksum]);
  renameSync(`${file}.new`, file);
  syncFolder(dirname(file));
}

/** Reads a checkpoint; null when there is none, or it is damaged, or its state is not of this kind. */
export function readCheckpoint<State>(file: string, State: z.ZodType<State>): Checkpoint<State> | null {
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  if (bytes.length < 16 || !bytes.subarray(0, 8).equals(magic)) return null;
  if (crc32(bytes.subarray(0, -4)) !== bytes.readUInt32LE(bytes.length - 4)) return null;
  const headerEnd = 12 + bytes.readUInt32LE(8);
  const header = Header.parse(JSON.parse(bytes.toString('utf8', 12, headerEnd)));
  const state = State.safeParse(header.state);
  if (!state.success) return null;
  let at = headerEnd;
  const tensors = new Map<string, Weight>();
  for (const { name, shape } of header.tensors) {
    const end = at + 4 * shape.reduce((product, size) => product * size, 1);
    tensors.set(name, { shape, data: new Float32Array(new Uint8Array(bytes.subarray(at, end)).buffer) });
    at = end;
  }
  return { state: state.data, tensors };
}

/**
 * The state of a checkpoint without its tensors, which may be hundreds of megabytes; they are not checked. Null when there is
 * none of this kind.
 */
export function readCheckpointState<State>(file: string, State: z.ZodType<State>): State | null {
  if (!existsSync(file)) return null;
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(12);
    if (readSync(descriptor, start) < start.length || !start.subarray(0, 8).equals(magic)) return null;
    const header = Buffer.alloc(start.readUInt32LE(8));
    readSync(descriptor, header);
    return State.safeParse(Header.parse(JSON.parse(header.toString())).state).data ?? null;
  } catch {
    return null; // damaged
  } finally {
    closeSync(descriptor);
  }
}

function writeThrough(file: string, parts: readonly Uint8Array[]): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const part of parts)
      for (let at = 0; at < part.length;) at += writeSync(descriptor, part, at, part.length - at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the rename last through a power cut; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
