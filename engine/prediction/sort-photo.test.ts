import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sortPhoto } from './sort-photo.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenelab-sort-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function photo(name: string, bytes: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

function sort(path: string, label: string | null, { move = false } = {}) {
  return sortPhoto({ path, label }, { into: join(folder, 'sorted'), move });
}

const sorted = () => readdirSync(join(folder, 'sorted'), { recursive: true }).toSorted();

test('a copy keeps the original and its time', async () => {
  const path = photo('a.jpg', 'a');
  utimesSync(path, 1000, 1000);
  const to = join(folder, 'sorted/beach/a.jpg');
  expect(await sort(path, 'beach')).toEqual({ kind: 'sorted', path, to, reason: '' });
  expect(statSync(to).mtimeMs).toBe(1_000_000);
  expect(readFileSync(path, 'utf8')).toBe('a');
});

test('a move takes the original away', async () => {
  await sort(photo('in/a.jpg', 'a'), 'beach', { move: true });
  expect(readdirSync(join(folder, 'in'))).toEqual([]);
  expect(sorted()).toEqual(['beach', 'beach/a.jpg']);
});

test('another photo of the same name is numbered, the same photo is left where it is', async () => {
  await sort(photo('one/a.jpg', 'one'), 'beach');
  await sort(photo('two/a.jpg', 'two'), 'beach', { move: true });
  const again = photo('again/a.jpg', 'two');
  expect(await sort(again, 'beach', { move: true })).toMatchObject({
    to: null,
    reason: expect.stringContaining('same photo'),
  });
  expect(sorted()).toEqual(['beach', 'beach/a (2).jpg', 'beach/a.jpg']);
  expect(readFileSync(join(folder, 'sorted/beach/a.jpg'), 'utf8')).toBe('one');
  expect(readFileSync(again, 'utf8')).toBe('two');
});

test('a photo that lies where it belongs stays', async () => {
  const path = photo('sorted/beach/a.jpg', 'a');
  expect(await sort(path, 'beach', { move: true })).toMatchObject({ to: null });
  expect(sorted()).toEqual(['beach', 'beach/a.jpg']);
});

test('unsure photos have their own folder, nested labels theirs, and no label leads out', async () => {
  await sort(photo('a.jpg', 'a'), null);
  await sort(photo('b.jpg', 'b'), 'animals/cat');
  await sort(photo('c.jpg', 'c'), '../..');
  const files = sorted().filter((name) => String(name).endsWith('.jpg'));
  expect(files).toEqual(['_/_/c.jpg', 'animals/cat/b.jpg', 'not sure/a.jpg']);
});

test('a folder that can not be made is said, the photo stays', async () => {
  photo('sorted/beach', 'a file');
  expect(await sort(photo('a.jpg', 'a'), 'beach')).toMatchObject({
    to: null,
    reason: expect.stringContaining("can't be written"),
  });
});

test('a photo that is gone by now is said, and nothing stays behind in its place', async () => {
  const { to, reason } = await sort(join(folder, 'gone.jpg'), 'beach');
  expect(to).toBeNull();
  expect(reason).toMatch(/no such file/i);
  expect(sorted()).toEqual(['beach']);
});
