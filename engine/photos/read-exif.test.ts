import { expect, test } from 'vitest';
import sharp from 'sharp';
import { cornered } from './fixtures.ts';
import { exifDirectories, readExif } from './read-exif.ts';
import { readTiff } from './read-tiff.ts';

/** The EXIF block that sharp writes. IFD2 is its name for the EXIF directory. */
async function block(main: Record<string, string>, exif: Record<string, string>): Promise<Buffer> {
  const jpeg = await cornered().withExif({ IFD0: main, IFD2: exif }).jpeg().toBuffer();
  const { exif: bytes } = await sharp(jpeg).metadata();
  return bytes ?? Buffer.alloc(0);
}

test('time with its fraction of a second, and maker with model', async () => {
  const bytes = await block(
    { Make: 'NIKON CORPORATION', Model: 'NIKON D70' },
    { DateTimeOriginal: '2004:06:09 16:02:35', SubSecTimeOriginal: '48' },
  );
  expect(readExif(exifDirectories(bytes))).toEqual({
    takenAt: '2004-06-09T16:02:35.48',
    camera: 'NIKON D70',
  });
});

test('the maker is put before a model that doesn’t name it', async () => {
  const { camera } = readExif(exifDirectories(await block({ Make: 'SONY', Model: 'ILCE-7M2' }, {})));
  expect(camera).toBe('SONY ILCE-7M2');
});

test('a camera whose clock was never set has no time', async () => {
  const unset = await block({}, { DateTimeOriginal: '0000:00:00 00:00:00' });
  const blank = await block({}, { DateTimeOriginal: '    :  :     :  :  ' });
  expect(readExif(exifDirectories(unset)).takenAt).toBeNull();
  expect(readExif(exifDirectories(blank)).takenAt).toBeNull();
});

test('no EXIF is two nulls', () => {
  expect(readExif(exifDirectories(undefined))).toEqual({ takenAt: null, camera: null });
});

test('damage at any byte neither throws nor hangs', async () => {
  const bytes = await block({ Make: 'SONY', Model: 'A' }, { DateTimeOriginal: '2004:06:09 16:02:35' });
  for (let at = 0; at < bytes.length; at++)
    for (const value of [0x00, 0xff]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = value;
      expect(() => readExif(exifDirectories(damaged))).not.toThrow();
      expect(() => readExif(exifDirectories(bytes.subarray(0, at)))).not.toThrow();
    }
});

test('directories that lead back to themselves are read once', () => {
  // Little-endian TIFF, first directory at 8, no fields, next directory at 8 again.
  const loop = Buffer.from('49492a0008000000' + '0000' + '08000000', 'hex');
  expect(readTiff(loop)).toHaveLength(1);
});
