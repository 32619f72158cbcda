import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { writePng } from './write-png.ts';

const root = mkdtempSync(join(tmpdir(), 'scenelab-png-'));
afterAll(() => rmSync(root, { recursive: true }));

async function read(path: string) {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  return { data: [...data], ...info };
}

test('each pixel becomes a square of its own colour', async () => {
  const path = join(root, 'rgb.png');
  const data = Uint8Array.of(255, 0, 0, 0, 7, 255);
  await writePng(path, { data, width: 2, height: 1, channels: 3 }, 4);
  const red = [255, 0, 0];
  const blue = [0, 7, 255];
  const row = [...red, ...red, ...blue, ...blue];
  expect(await read(path)).toMatchObject({ width: 4, height: 2, data: [...row, ...row] });
});

test('a picture that is large enough keeps its size', async () => {
  const path = join(root, 'grey.png');
  await writePng(path, { data: Uint8Array.of(1, 200), width: 1, height: 2, channels: 1 }, 2);
  expect(await sharp(path).metadata()).toMatchObject({ width: 1, height: 2 });
});
