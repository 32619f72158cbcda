import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PredictedFiles } from './predicted-files.ts';
import type { predictPhotos } from './predict-photos.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-predicted-'));
const path = join(folder, 'a.jpg');
afterAll(() => rmSync(folder, { recursive: true }));

async function* answers(ended: () => void): ReturnType<typeof predictPhotos> {
  try {
    yield { kind: 'prediction', path, predictions: [], unsure: true };
    yield { kind: 'skipped', path: join(folder, 'b.txt'), code: 'NOT_A_PHOTO', reason: 'No photo.' };
    return { predicted: 1, skipped: 1 };
  } finally {
    ended();
  }
}

async function photoOf(files: PredictedFiles): Promise<string> {
  for await (const event of files.naming(answers(() => undefined)))
    if (event.kind === 'prediction') return event.photo ?? '';
  return '';
}

test('a predicted file is known by what stands for it, and no other is', async () => {
  writeFileSync(path, 'pixels');
  const files = new PredictedFiles();
  const photo = await photoOf(files);
  expect(photo).toMatch(/^[0-9a-f]{64}$/);
  expect(files.pathOf(photo)).toBe(path);
  expect(files.pathOf('0'.repeat(64))).toBeNull();
});

test('a file that changed is another photo', async () => {
  const files = new PredictedFiles();
  writeFileSync(path, 'pixels');
  const before = await photoOf(files);
  writeFileSync(path, 'more pixels');
  expect(await photoOf(files)).not.toBe(before);
});

test('whoever stops listening ends the stream below', async () => {
  let hasEnded = false;
  const events = new PredictedFiles().naming(answers(() => (hasEnded = true)));
  await events.next();
  await events.return({ predicted: 0, skipped: 0 });
  expect(hasEnded).toBe(true);
});
