import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../library/index.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { scene } from '../photos/fixtures.ts';
import { photoFile, predictedFile } from './photo-file.ts';

test('a tile is made at import; where it is missing, the working copy stands in', async () => {
  const root = temporaryFolder();
  using library = openLibrary(join(root, 'p.scenelab'), { create: true });
  writePhoto(join(root, 'sea/1.bmp'), 1);
  await takePhotos(library, [join(root, 'sea')]);
  const photo = storedPhotos(library)[0]?.id ?? '';

  const [tile, thumbnail] = [
    await photoFile(library, photo, 'tile'),
    await photoFile(library, photo, 'thumbnail'),
  ];
  expect(tile).not.toBe(thumbnail);
  expect((await readFile(tile)).length).toBeLessThan((await readFile(thumbnail)).length);
  rmSync(tile);
  expect(await photoFile(library, photo, 'tile')).toBe(thumbnail);
});

test('a file that is in no project has one picture, also when several ask for it at the same time', async () => {
  const root = temporaryFolder();
  process.env['SCENELAB_CACHE'] = join(root, 'cache');
  writePhoto(join(root, '1.bmp'), 1);
  const ask = () => predictedFile(join(root, '1.bmp'), 'a'.repeat(64));
  const [first, ...others] = await Promise.all([ask(), ask(), ask()]);
  expect(others).toEqual([first, first]);
  expect((await readFile(first ?? '')).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  expect(await readdir(join(root, 'cache/predicted'))).toEqual([`${'a'.repeat(64)}.jpg`]);
});

test('of too many previews the oldest go, also when one of them is gone already', async () => {
  const root = temporaryFolder();
  process.env['SCENELAB_CACHE'] = join(root, 'cache');
  const folder = join(root, 'cache/previews');
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < 200; i += 1) writeFileSync(join(folder, `${i}.jpg`), '');
  // As a file looks that another took away after the folder was listed.
  symlinkSync(join(root, 'nowhere'), join(folder, 'gone.jpg'));
  using library = openLibrary(join(root, 'p.scenelab'), { create: true });
  mkdirSync(join(root, 'sea'));
  await scene(1).jpeg().toFile(join(root, 'sea/1.jpg'));
  await takePhotos(library, [join(root, 'sea')]);

  const preview = await photoFile(library, storedPhotos(library)[0]?.id ?? '', 'preview');
  const left = await readdir(folder);
  expect(left).toHaveLength(200);
  expect(left).toContain(basename(preview));
  expect(left).not.toContain('gone.jpg');
});
