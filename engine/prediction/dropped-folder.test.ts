import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { droppedFolder } from './dropped-folder.ts';

const day = 24 * 3600 * 1000;
let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'scenelab-dropped-'));
  vi.stubEnv('SCENELAB_CACHE', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

test('what a killed host left behind goes after a day, what is new stays', async () => {
  const folder = await droppedFolder();
  mkdirSync(join(folder, 'batch/beach'), { recursive: true });
  await droppedFolder(Date.now() + day / 2);
  expect(readdirSync(folder)).toEqual(['batch']);
  await droppedFolder(Date.now() + 2 * day);
  expect(readdirSync(folder)).toEqual([]);
});
