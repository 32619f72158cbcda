import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenelab-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('two pieces of work under one lock do not overlap', async () => {
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await setTimeout(50);
    events.push(`${name} ends`);
  };
  const lock = join(folder, 'lock');
  await Promise.all([withLock(lock, work('first')), withLock(lock, work('second'))]);
  // Whichever came first.
  const order = events[0] === 'first begins' ? ['first', 'second'] : ['second', 'first'];
  expect(events).toEqual(order.flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('the lock of a process that is gone is taken over, and is gone after work that fails', async () => {
  const lock = join(folder, 'lock');
  await writeFile(lock, String(spawnSync(process.execPath, ['--version']).pid));
  await expect(withLock(lock, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  await expect(readFile(lock)).rejects.toThrow('ENOENT');
});
