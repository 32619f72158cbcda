import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFolder } from './list-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-folders-'));
beforeAll(() => {
  for (const name of ['beach 10', 'beach 2', '.hidden']) mkdirSync(join(folder, name));
  for (const name of ['a.JPG', 'b.heic', 'notes.txt']) writeFileSync(join(folder, 'beach 2', name), '');
  writeFileSync(join(folder, 'c.png'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('folders come in the order of people, with their photos counted, hidden ones left out', async () => {
  const { folders, photos } = await listFolder(folder);
  expect(folders.map(({ name, photos }) => [name, photos])).toEqual([
    ['beach 2', 2],
    ['beach 10', 0],
  ]);
  expect(photos).toBe(1);
});

test('the way up ends at the top', async () => {
  expect((await listFolder(join(folder, 'beach 2'))).parent).toBe(folder);
  expect((await listFolder('/')).parent).toBeNull();
});

test('a folder that is not there is told', async () => {
  await expect(listFolder(join(folder, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
});
