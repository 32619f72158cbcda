import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { readCheckpoint, readCheckpointState, writeCheckpoint } from './checkpoint.ts';

const State = z.object({ epoch: z.number() });
const tensors = new Map([
  ['head/kernel', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 0.1) }],
  ['step', { shape: [], data: Float32Array.of(7) }],
]);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
  file = join(folder, 'fine-tune.checkpoint');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('gives back every bit that was written, the newest only', () => {
  writeCheckpoint(file, { state: { epoch: 1 }, tensors: new Map() });
  writeCheckpoint(file, { state: { epoch: 2 }, tensors });
  expect(readCheckpoint(file, State)).toEqual({ state: { epoch: 2 }, tensors });
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('there is none before one was written', () => {
  expect(readCheckpoint(file, State)).toBeNull();
});

test('a kill while it is written leaves the older one', () => {
  writeCheckpoint(file, { state: { epoch: 1 }, tensors });
  writeFileSync(`${file}.new`, readFileSync(file).subarray(0, 30));
  expect(readCheckpoint(file, State)?.state).toEqual({ epoch: 1 });
});

test.each([0, 5, 20, 60])('one cut off after %i bytes counts as none', (bytes) => {
  writeCheckpoint(file, { state: { epoch: 1 }, tensors });
  truncateSync(file, bytes);
  expect(readCheckpoint(file, State)).toBeNull();
});

test('one with a changed bit counts as none, and so does one of another kind', () => {
  writeCheckpoint(file, { state: { epoch: 1 }, tensors });
  expect(readCheckpoint(file, z.object({ phase: z.string() }))).toBeNull();
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(90) ^ 1, 90);
  writeFileSync(file, bytes);
  expect(readCheckpoint(file, State)).toBeNull();
});

test('the state can be read alone, as long as it is whole', () => {
  expect(readCheckpointState(file, State)).toBeNull();
  writeCheckpoint(file, { state: { epoch: 3 }, tensors });
  expect(readCheckpointState(file, State)).toEqual({ epoch: 3 });
  expect(readCheckpointState(file, z.object({ phase: z.string() }))).toBeNull();
  truncateSync(file, 30);
  expect(readCheckpointState(file, State)).toBeNull();
});
