import { expect, test } from 'vitest';
import { cornered, skipOf } from './fixtures.ts';
import { rawDirectories, rawPreview } from './raw-preview.ts';
import { readExif } from './read-exif.ts';
import { Tag } from './read-tiff.ts';

const jpeg = (width: number, height: number) =>
  cornered(undefined, undefined, width, height).jpeg().toBuffer();

type Field = [tag: number, value: number];

/** A little-endian TIFF of one directory of 32-bit fields, with `data` behind it from `dataAt`. */
function tiff(fields: Field[], data: Buffer): Buffer {
  const directory = Buffer.alloc(dataAt);
  directory.write('II*\0\x08\0\0\0', 'latin1');
  directory.writeUInt16LE(fields.length, 8);
  fields.forEach(([tag, value], i) => {
    directory.writeUInt16LE(tag, 10 + 12 * i);
    directory.writeUInt16LE(4, 12 + 12 * i);
    directory.writeUInt32LE(1, 14 + 12 * i);
    directory.writeUInt32LE(value, 18 + 12 * i);
  });
  return Buffer.concat([directory, data]);
}
const dataAt = 128;

test('the JPEG that a directory names is taken, with the orientation of the RAW file', async () => {
  const preview = await jpeg(64, 48);
  const raw = tiff(
    [
      [Tag.orientation, 6],
      [Tag.jpegOffset, dataAt],
      [Tag.jpegLength, preview.length],
    ],
    Buffer.concat([preview, Buffer.from('sensor data')]),
  );
  expect(rawPreview(raw)).toEqual({ jpeg: preview, orientation: 6 });
});

test('of several previews, named or hidden in a maker’s own place, the largest is taken', async () => {
  const [small, large] = [await jpeg(16, 12), await jpeg(64, 48)];
  const hidden = Buffer.concat([Buffer.from('FUJIFILMCCD-RAW'), small, Buffer.alloc(20), large]);
  expect(rawPreview(hidden).jpeg.subarray(0, large.length).equals(large)).toBe(true);
});

test('lossless JPEG is sensor data, not a preview', async () => {
  const sensor = await jpeg(64, 48);
  const frame = sensor.indexOf(Buffer.from([0xff, 0xc0]));
  sensor[frame + 1] = 0xc3;
  expect((await skipOf(() => rawPreview(tiff([], sensor)))).code).toBe('NO_PREVIEW');
});

test('a Canon CR3 tells orientation and camera in boxes of its own', async () => {
  const preview = await jpeg(64, 48);
  const box = (name: string, body: Buffer) => Buffer.concat([Buffer.from(`\0\0\0\0${name}`, 'latin1'), body]);
  const cr3 = Buffer.concat([
    Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'latin1'),
    box('CMT1', tiff([[Tag.orientation, 8]], Buffer.alloc(0))),
    box('mdat', preview),
  ]);
  expect(rawPreview(cr3)).toEqual({ jpeg: preview, orientation: 8 });
  expect(readExif(rawDirectories(cr3))).toEqual({ takenAt: null, camera: null });
});

test('a RAW file without a preview is skipped as NO_PREVIEW', async () => {
  expect((await skipOf(() => rawPreview(Buffer.from('FUJIFILMCCD-RAW 0201')))).code).toBe('NO_PREVIEW');
});
