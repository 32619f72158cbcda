import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../library/index.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from '../library/test-photos.ts';
import { photoFile } from './photo-file.ts';

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
