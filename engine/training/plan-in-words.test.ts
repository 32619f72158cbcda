import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openLibrary } from '../library/index.ts';
import { takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { startCompute } from '../start-compute.ts';
import { planInWords } from './plan-in-words.ts';

afterEach(() => void vi.unstubAllEnvs());

async function toldBefore(runtime: string): Promise<[string, string[]]> {
  vi.stubEnv('SCENELAB_RUNTIME', runtime);
  const root = temporaryFolder();
  for (let n = 0; n < 40; n += 1)
    writePhoto(join(root, 'photos', n < 20 ? 'beach' : 'forest', `${n}.bmp`), n + 1);
  using library = openLibrary(join(root, 'project.scenelab'), { create: true });
  await takePhotos(library, [join(root, 'photos')]);
  const compute = startCompute();
  try {
    const planned = await planInWords(library, compute, false);
    return [planned.runtime.kind, planned.notices.map(({ code }) => code)];
  } finally {
    await compute.close();
  }
}

test('on the portable runtime it is told before a training that the last layer alone learns', async () => {
  expect(await toldBefore('portable')).toEqual(['portable', ['HEAD_ONLY']]);
});

test('on the native runtime there is nothing to tell', { tags: ['native'] }, async () => {
  expect(await toldBefore('')).toEqual(['native', []]);
});
