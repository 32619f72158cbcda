import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assignSplits } from './assign-splits.ts';
import { excludePhotos } from './exclude-photos.ts';
import { labelPhotos } from './label-photos.ts';
import type { Library } from './library.ts';
import { listTrainingPhotos } from './list-training-photos.ts';
import { openLibrary } from './open-library.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from './photos-fixture.ts';

let root: string;
let library: Library;
beforeEach(() => {
  root = temporaryFolder();
  library = openLibrary(join(root, 'p'), { create: true });
});
afterEach(() => library[Symbol.dispose]());

async function take(groupByFolder = false): Promise<void> {
  await takePhotos(library, [join(root, 'all')], { groupByFolder });
}

/** Splits by path below the test's folder. */
function splits(): Record<string, string | null> {
  return Object.fromEntries(
    storedPhotos(library).map(({ path, split }) => [path.slice(root.length + 5), split]),
  );
}

test('a split is stored, and neither more photos nor other labels change it', async () => {
  for (let i = 0; i < 20; i += 1) writePhoto(join(root, 'all/sea', `${i}.bmp`), i);
  await take();
  assignSplits(library);
  const before = splits();
  const sizes = ['train', 'validation', 'test'].map(
    (s) => Object.values(before).filter((v) => v === s).length,
  );
  expect(sizes).toEqual([14, 3, 3]);

  const photos = storedPhotos(library);
  labelPhotos(
    library,
    photos.slice(0, 10).map(({ id }) => ({ photo: id, label: 'wood' })),
  );
  for (let i = 20; i < 40; i += 1) writePhoto(join(root, 'all/sea', `${i}.bmp`), i);
  await take();
  assignSplits(library);
  const after = splits();
  expect(after).toMatchObject(before);
  expect(Object.values(after)).not.toContain(null);
});

test('near-duplicates that the hash of a real decoded photo shows stand on one side', async () => {
  for (let i = 0; i < 30; i += 1) {
    writePhoto(join(root, 'all/sea', `${i} dark.bmp`), i);
    writePhoto(join(root, 'all/sea', `${i} light.bmp`), i, 10);
  }
  await take();
  assignSplits(library);
  const found = splits();
  const parted = Object.keys(found).filter((name) => found[name] !== found[name.replace('dark', 'light')]);
  expect(parted).toEqual([]);
  expect(new Set(Object.values(found)).size).toBe(3);
});

test('folders stand on one side when they were imported so', async () => {
  for (let i = 0; i < 30; i += 1) writePhoto(join(root, `all/sea/camera ${i % 6}`, `${i}.bmp`), i);
  await take(true);
  assignSplits(library);
  const byFolder = Map.groupBy(Object.entries(splits()), ([path]) => path.split('/')[1]);
  expect([...byFolder.values()].every((photos) => new Set(photos.map(([, s]) => s)).size === 1)).toBe(true);
});

test('train/ and test/ folders are kept to', async () => {
  for (let i = 0; i < 30; i += 1)
    writePhoto(join(root, 'all', i < 20 ? 'train/sea' : 'test/sea', `${i}.bmp`), i);
  await take();
  assignSplits(library);
  const found = Object.entries(splits());
  expect(found.filter(([path, split]) => path.startsWith('test/') !== (split === 'test'))).toEqual([]);
  expect(found.filter(([, split]) => split === 'validation').length).toBeGreaterThan(0);
});

test('unlabelled and excluded photos wait for their split; training gets neither', async () => {
  for (let i = 0; i < 5; i += 1) writePhoto(join(root, 'all', `${i}.bmp`), i);
  await take();
  const [one, two] = storedPhotos(library);
  labelPhotos(
    library,
    [one, two].map((photo) => ({ photo: photo?.id ?? '', label: 'sea' })),
  );
  excludePhotos(library, [two?.id ?? '']);
  assignSplits(library);
  expect(Object.values(splits()).filter(Boolean)).toEqual(['train']);
  expect(listTrainingPhotos(library)).toEqual([
    {
      id: one?.id,
      group: one?.id,
      label: 'sea',
      split: 'train',
      path: one?.path,
      workingCopy: library.workingCopyPath(one?.id ?? ''),
    },
  ]);
});
