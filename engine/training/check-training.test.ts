import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CheckTrainingInput } from '../../contract/index.ts';
import { temporaryFolder } from '../library/photos-fixture.ts';
import { checkTraining } from './check-training.ts';

const usual: CheckTrainingInput = { preset: 'quick', settings: {}, out: null, formats: ['tfjs'] };

// Where nobody has added a backbone.
beforeEach(() => void vi.stubEnv('SCENELAB_DATA', temporaryFolder()));
afterEach(() => void vi.unstubAllEnvs());

test.each([
  ['an unknown backbone', { backbone: 'resnet' }, 'USAGE'],
  ['an unknown cut', { cut: 'block99' }, 'USAGE'],
  ['a backbone whose weights are not here', { backbone: 'inception-v3' }, 'BACKBONE_MISSING'],
])('%s is known before photos are read', async (_, settings, code) => {
  await expect(checkTraining({ ...usual, settings })).rejects.toMatchObject({ code });
});

test('a place that an export could not take is known too, an empty one is free', async () => {
  const out = temporaryFolder();
  await checkTraining({ ...usual, out });
  const file = join(out, 'notes.txt');
  writeFileSync(file, 'mine');
  for (const occupied of [out, file])
    await expect(checkTraining({ ...usual, out: occupied })).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
    });
  // With several formats each has a folder of its own in there.
  await checkTraining({ ...usual, formats: ['tfjs', 'onnx'], out });
});
