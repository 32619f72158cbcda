import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SortInput, type FileEvent } from '../../contract/index.ts';
import { sortPhotos } from './sort-photos.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenelab-sort-'));
  mkdirSync(join(folder, 'in'));
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) writeFileSync(join(folder, 'in', name), name);
});
afterEach(() => rmSync(folder, { recursive: true }));

const photos = () => [
  { path: join(folder, 'in/a.jpg'), label: 'beach' },
  { path: join(folder, 'in/b.jpg'), label: null },
  { path: join(folder, 'in/gone.jpg'), label: 'beach' },
  { path: join(folder, 'in/c.jpg'), label: 'wood' },
];
const files = (name: string) => readdirSync(join(folder, name), { recursive: true }).toSorted();

async function run(input: Partial<SortInput>, signal = new AbortController().signal) {
  const told: FileEvent[] = [];
  const events = sortPhotos(SortInput.parse({ photos: photos(), ...input }), signal);
  for (;;) {
    const { done, value } = await events.next();
    if (done) return { told, result: value };
    if (value.kind !== 'progress') told.push(value);
  }
}

test('every photo is copied by its answer, and one that is gone does not keep the others back', async () => {
  const { told, result } = await run({ into: join(folder, 'out') });
  expect(result).toEqual({ sorted: 3, sidecars: 0 });
  expect(files('out').filter((name) => String(name).endsWith('.jpg'))).toEqual([
    'beach/a.jpg',
    'not sure/b.jpg',
    'wood/c.jpg',
  ]);
  expect(files('in')).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  expect(told.find(({ to }) => to === null)?.path).toBe(join(folder, 'in/gone.jpg'));
});

test('sidecars lie beside the copies, not beside the originals', async () => {
  expect((await run({ into: join(folder, 'out'), xmp: true })).result).toEqual({ sorted: 3, sidecars: 2 });
  expect(files('out')).toContain('wood/c.xmp');
  expect(files('in')).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
});

test('without a folder the sidecars lie beside the photos', async () => {
  await run({ xmp: true });
  expect(files('in')).toContain('a.xmp');
});

test('cancelled work leaves what it did and does no more', async () => {
  const cancelled = new AbortController();
  cancelled.abort();
  await expect(run({ into: join(folder, 'out') }, cancelled.signal)).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['in']);
});
