import { join, parse } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../library/open-library.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { forgetVanished } from './forget-vanished.ts';

test.each([
  ['the root of its drive, as a memory card is', (root: string) => parse(root).root, 0],
  ['a folder whose name only begins as its own', (root: string) => join(root, 'se'), 1],
])('a photo that was not found again in %s', async (_, folderIn, left) => {
  const root = temporaryFolder();
  using library = openLibrary(join(root, 'p.scenelab'), { create: true });
  writePhoto(join(root, 'sea/1.bmp'), 1);
  await takePhotos(library, [join(root, 'sea')]);
  forgetVanished(library, [folderIn(root)], [], []);
  expect(storedPhotos(library)).toHaveLength(left);
});
