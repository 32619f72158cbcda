import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openLibrary } from '../library/index.ts';
import { takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { startCompute } from '../start-compute.ts';
import { planInWords } from './plan-in-words.ts';

afterEach(() => void vi.unstubAllEnvs());

test.each([
  ['native', []],
  ['portable', ['HEAD_ONLY']],
])('on the %s runtime it is told before a training what it can not do', async (kind, codes) => {
  vi.stubEnv('SCENELAB_RUNTIME', kind === 'portable' ? kind : '');
  const root = temporaryFolder();
  for (let n = 0; n < 40; n += 1)
    writePhoto(join(root, 'photos', n < 20 ? 'beach' : 'forest', `${n}.bmp`), n + 1);
  using library = openLibrary(join(root, 'project.scenelab'), { create: true });
  await takePhotos(library, [join(root, 'photos')]);
  const compute = startCompute();
  try {
    const { runtime, notices } = await planInWords(library, compute, false);
    expect([runtime.kind, notices.map(({ code }) => code)]).toEqual([kind, codes]);
  } finally {
    await compute.close();
  }
});
