import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { photoId, readWorkingCopy } from '../photos/index.ts';
import { startCompute } from '../start-compute.ts';
import { embedPhotos, type EmbedRequest, type LibraryPhoto } from './embed-photos.ts';
import { openFeatureCache } from './feature-cache.ts';

const sample = fileURLToPath(new URL('../../assets/sample', import.meta.url));
const compute = startCompute();
afterAll(() => compute.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embed-photos-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function libraryPhoto(name: string): Promise<LibraryPhoto> {
  const path = join(sample, name);
  const id = photoId(readFileSync(path));
  const workingCopy = join(folder, `${id}.jpg`);
  writeFileSync(workingCopy, (await readWorkingCopy(path)).image);
  return { id, path, workingCopy };
}

/** Embeds to the end; gives how many squares the network saw, and what was skipped. */
async function embed(photos: LibraryPhoto[], variants: number, targets: EmbedRequest['targets']) {
  const { signal } = new AbortController();
  const work = embedPhotos(compute, { ...how, photos, variants, targets }, signal);
  let done = 0;
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) return { done, skipped: next.value };
    done = next.value.done;
  }
}

const how = {
  stage: 'embed',
  backbone: 'efficientnet-lite0',
  framing: 'crop',
  augmentation: {
    flip: true,
    rotate: 10,
    cropArea: 0.5,
    cropAspect: 1.2,
    brightness: 0.2,
    contrast: 0.2,
    saturation: 0.2,
  },
} as const;
const names = ['fish/fish25.webp', 'tool/hammer3.webp'];

test('one pass fills every cache, and a second finds nothing to do', async () => {
  const photos = await Promise.all(names.map(libraryPhoto));
  using embeddings = openFeatureCache(join(folder, 'embedding'), 1280);
  using cuts = openFeatureCache(join(folder, 'cut'), 7 * 7 * 320);
  const targets = [
    { output: 'embedding', cache: embeddings },
    { output: 'block15', cache: cuts },
  ];
  expect(await embed(photos, 3, targets)).toEqual({ done: 6, skipped: [] });
  expect([embeddings.size, cuts.size]).toEqual([6, 6]);
  expect(await embed(photos, 3, targets)).toEqual({ done: 0, skipped: [] });
  expect((await embed(photos, 4, targets)).done).toBe(2);
});

test('a damaged row is computed again, to the same values', async () => {
  const photos = await Promise.all(names.map(libraryPhoto));
  const place = join(folder, 'embedding');
  const rowOf = async () => {
    using cache = openFeatureCache(place, 1280);
    const { done } = await embed(photos, 2, [{ output: 'embedding', cache }]);
    return { done, values: cache.read([cache.row(photos[0]?.id ?? '', 1) ?? -1]) };
  };
  const before = await rowOf();
  const bytes = readFileSync(join(place, 'rows.f16'));
  bytes.fill(0x55, 0, 4 * 2560);
  writeFileSync(join(place, 'rows.f16'), bytes);
  const after = await rowOf();
  expect([before.done, after.done]).toEqual([4, 4]);
  expect(after.values).toEqual(before.values);
});

test('a deleted working copy is made again from the original; a photo that is gone is skipped with its reason', async () => {
  const photos = await Promise.all(names.map(libraryPhoto));
  const [fish, hammer] = photos.map((photo) => ({ ...photo, workingCopy: join(folder, 'gone.jpg') }));
  if (!fish || !hammer) throw new Error('two photos');
  const broken = { ...hammer, path: join(folder, 'broken.jpg') };
  writeFileSync(broken.path, 'not a photo');
  using cache = openFeatureCache(join(folder, 'embedding'), 1280);
  const { done, skipped } = await embed([broken, fish], 1, [{ output: 'embedding', cache }]);
  expect(done).toBe(1);
  expect(skipped).toMatchObject([{ path: broken.path, code: 'NOT_A_PHOTO' }]);
  expect(cache.has(fish.id, 0)).toBe(true);
});

test('cancelled, it keeps what is done and throws the reason', async () => {
  const photos = await Promise.all(names.map(libraryPhoto));
  using cache = openFeatureCache(join(folder, 'embedding'), 1280);
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  const request = { ...how, photos, variants: 1, targets: [{ output: 'embedding', cache }] };
  await expect(Array.fromAsync(embedPhotos(compute, request, controller.signal))).rejects.toThrow('enough');
});
