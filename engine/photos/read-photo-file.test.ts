import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { skipOf } from './fixtures.ts';
import { readPhotoFile } from './read-photo-file.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'scenelab-photos-'))));
afterAll(() => rm(folder, { recursive: true }));

test('all bytes of a file are read', async () => {
  await writeFile(join(folder, 'a.jpg'), 'abc');
  using file = await readPhotoFile(join(folder, 'a.jpg'));
  expect(file.bytes.toString()).toBe('abc');
});

test('files that are open together have bytes of their own; memory goes to the next once its file is done with', async () => {
  for (const name of ['first', 'other', 'third']) await writeFile(join(folder, name), name);
  const first = await readPhotoFile(join(folder, 'first'));
  using other = await readPhotoFile(join(folder, 'other'));
  expect(first.bytes.toString()).toBe('first');
  expect(other.bytes.buffer).not.toBe(first.bytes.buffer);
  first[Symbol.dispose]();
  using third = await readPhotoFile(join(folder, 'third'));
  expect(third.bytes.buffer).toBe(first.bytes.buffer);
  expect([third.bytes.toString(), other.bytes.toString()]).toEqual(['third', 'other']);
});

test('a file of no bytes is skipped as EMPTY_FILE', async () => {
  await writeFile(join(folder, 'empty.jpg'), '');
  expect(await skipOf(readPhotoFile(join(folder, 'empty.jpg')))).toMatchObject({ code: 'EMPTY_FILE' });
});

test('a file that went away is skipped as NOT_READABLE', async () => {
  expect(await skipOf(readPhotoFile(join(folder, 'gone.jpg')))).toMatchObject({ code: 'NOT_READABLE' });
});

test('a folder with a photo’s name is skipped as NOT_A_PHOTO', async () => {
  expect(await skipOf(readPhotoFile(folder))).toMatchObject({ code: 'NOT_A_PHOTO' });
});

test('a link to itself is skipped as LINK_LOOP', async () => {
  await symlink(join(folder, 'loop.jpg'), join(folder, 'loop.jpg'));
  expect(await skipOf(readPhotoFile(join(folder, 'loop.jpg')))).toMatchObject({ code: 'LINK_LOOP' });
});

test.skipIf(process.platform === 'win32')(
  'a device without end is skipped instead of read for ever',
  async () => {
    expect(await skipOf(readPhotoFile('/dev/zero'))).toMatchObject({ code: 'NOT_A_PHOTO' });
  },
);
