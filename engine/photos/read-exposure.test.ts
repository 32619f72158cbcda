import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cornered } from './fixtures.ts';
import { readExposure } from './read-exposure.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-exposure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nothing = { seconds: null, aperture: null, iso: null, focalLength: null, lens: null };

test('shutter, aperture, sensitivity, focal length and lens as the camera noted them', async () => {
  const path = join(folder, 'noted.jpg');
  const exif = {
    ExposureTime: '1/250',
    FNumber: '28/10',
    ISOSpeedRatings: '400',
    FocalLength: '35/1',
    LensModel: 'RF35mm F1.8',
  };
  await cornered().withExif({ IFD2: exif }).jpeg().toFile(path);
  expect(await readExposure(path)).toEqual({
    seconds: 0.004,
    aperture: 2.8,
    iso: 400,
    focalLength: 35,
    lens: 'RF35mm F1.8',
  });
});

test('what the camera left out is null, also a fraction by zero', async () => {
  const path = join(folder, 'zero.jpg');
  await cornered()
    .withExif({ IFD2: { FNumber: '0/0', ISOSpeedRatings: '0' } })
    .jpeg()
    .toFile(path);
  expect(await readExposure(path)).toEqual(nothing);
});

test('a file that is gone, or no photo, has none', async () => {
  const letter = join(folder, 'letter.jpg');
  writeFileSync(letter, 'Dear reader,');
  expect(await readExposure(letter)).toEqual(nothing);
  expect(await readExposure(join(folder, 'gone.jpg'))).toEqual(nothing);
});
