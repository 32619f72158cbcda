import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeCheckpoint } from '../gradient-descent/checkpoint.ts';
import { checkpointFile } from './fit-model.ts';
import { MemoryLadder } from './memory-ladder.ts';
import type { Rung } from './next-rung.ts';

const first: Rung = { backbone: 'efficientnet-lite2', cut: 'block16', photosAtOnce: 32 };
const outOfMemory = new Error('OOM when allocating tensor with shape[64,17,17,720]');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ladder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Leaves a checkpoint of so many epochs. */
function doEpochs(n: number): void {
  const epoch = { kind: 'epoch', stage: 'fine-tune', epoch: 1, epochs: 9, loss: 1, accuracy: 0, best: true };
  const history = Array.from({ length: n }, () => ({
    ...epoch,
    validationLoss: null,
    validationAccuracy: null,
  }));
  writeCheckpoint(checkpointFile(folder, 'fine-tune'), {
    state: { bestEpoch: 1, history },
    tensors: new Map(),
  });
}

test('what was learned is kept with the same cut, and not with another one', () => {
  const ladder = new MemoryLadder(folder, { ...first, photosAtOnce: 8 });
  doEpochs(1);
  const checkpoint = checkpointFile(folder, 'fine-tune');
  expect(ladder.stepDown(outOfMemory).code).toBe('LESS_AT_ONCE');
  expect(existsSync(checkpoint)).toBe(true);
  expect(ladder.stepDown(outOfMemory).code).toBe('LESS_LEARNS');
  expect(existsSync(checkpoint)).toBe(false);
});

test('an engine that left in good order is not blamed, and the next one goes on where it was', () => {
  const ladder = new MemoryLadder(folder, first);
  const notice = ladder.stepDown(outOfMemory);
  ladder.leave();
  const next = new MemoryLadder(folder, first);
  expect(next.rung).toEqual({ ...first, photosAtOnce: 16 });
  expect(next.notices).toEqual([notice]);
});

test('after an engine that vanished the next one begins a step lower, again and again', () => {
  new MemoryLadder(folder, first);
  expect(new MemoryLadder(folder, first).rung.photosAtOnce).toBe(16);
  const third = new MemoryLadder(folder, first);
  expect(third.rung.photosAtOnce).toBe(8);
  expect(third.notices.at(-1)?.message).toMatch(/^Memory seems to have run out: .* 8 at a time/);
});

test('an engine that is still at it has not vanished', () => {
  new MemoryLadder(folder, first);
  const file = join(folder, 'memory.json');
  const state = readFileSync(file, 'utf8');
  writeFileSync(file, state.replace(`"pid":${process.pid}`, `"pid":${process.ppid}`));
  expect(new MemoryLadder(folder, first).rung).toEqual(first);
});

test('one that did an epoch before it vanished had memory enough', () => {
  new MemoryLadder(folder, first);
  doEpochs(1);
  expect(new MemoryLadder(folder, first).rung).toEqual(first);
  doEpochs(2);
  expect(new MemoryLadder(folder, first).rung).toEqual(first);
  expect(new MemoryLadder(folder, first).rung.photosAtOnce).toBe(16);
});

test('with the head alone an engine that vanished is followed by another try, an error by the truth', () => {
  const head = { ...first, cut: null };
  new MemoryLadder(folder, head);
  const ladder = new MemoryLadder(folder, head);
  expect(ladder.rung).toEqual(head);
  expect(() => ladder.stepDown(outOfMemory)).toThrow(expect.objectContaining({ code: 'OUT_OF_MEMORY' }));
});

test('another failure is no reason to give anything up', () => {
  const ladder = new MemoryLadder(folder, first);
  expect(() => ladder.stepDown(new Error('no such file'))).toThrow('no such file');
  expect(ladder.rung).toEqual(first);
});

test('a torn state is begun anew', () => {
  writeFileSync(join(folder, 'memory.json'), '{"rung":');
  expect(new MemoryLadder(folder, first).rung).toEqual(first);
});
