import { describe, expect, test } from 'vitest';
import { decodeBmp } from './decode-bmp.ts';
import { skipOf } from './fixtures.ts';

interface Bitmap {
  width: number;
  height: number;
  bits: number;
  compression?: number;
  /** What follows the 40 bytes of the header: masks and palette, as hex. */
  after?: string;
  /** Pixel rows, the lowest first, as hex. */
  pixels: string;
}

/** A bitmap by Microsoft's BITMAPFILEHEADER and BITMAPINFOHEADER. */
function bitmap({ width, height, bits, compression = 0, after = '', pixels }: Bitmap): Buffer {
  const extra = Buffer.from(after.replaceAll(' ', ''), 'hex');
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + extra.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  return Buffer.concat([header, extra, Buffer.from(pixels.replaceAll(' ', ''), 'hex')]);
}

/** Decoded pixels, a row each, a pixel each in hex RGB or RGBA. */
function pixelsOf(bytes: Buffer): string[] {
  const { data, width, height, channels } = decodeBmp(bytes);
  const hex = Buffer.from(data).toString('hex');
  const row = width * channels * 2;
  return Array.from({ length: height }, (_, y) =>
    (hex.slice(y * row, (y + 1) * row).match(new RegExp(`.{${channels * 2}}`, 'g')) ?? []).join(' '),
  );
}

// Black, red, green, blue.
const palette = '00000000 0000ff00 00ff0000 ff000000';

describe('bitmaps', () => {
  test('24 bits: blue first, lowest row first, rows padded to four bytes', () => {
    const bytes = bitmap({ width: 1, height: 2, bits: 24, pixels: '0000ff 00 ff0000 00' });
    expect(pixelsOf(bytes)).toEqual(['0000ff', 'ff0000']);
  });

  test('a negative height means the upper row first', () => {
    const bytes = bitmap({ width: 1, height: -2, bits: 24, pixels: '0000ff 00 ff0000 00' });
    expect(pixelsOf(bytes)).toEqual(['ff0000', '0000ff']);
  });

  test('32 bits without masks: the fourth byte is no alpha', () => {
    expect(pixelsOf(bitmap({ width: 1, height: 1, bits: 32, pixels: '10203000' }))).toEqual(['302010']);
  });

  test('32 bits with four masks: alpha', () => {
    const after = '000000ff 0000ff00 00ff0000 ff000000';
    const bytes = bitmap({ width: 1, height: 1, bits: 32, compression: 6, after, pixels: '80302010' });
    expect(pixelsOf(bytes)).toEqual(['10203080']);
  });

  test('16 bits: five a channel, or six for green by masks', () => {
    expect(pixelsOf(bitmap({ width: 2, height: 1, bits: 16, pixels: '007c e003' }))).toEqual([
      'ff0000 00ff00',
    ]);
    const after = '00f80000 e0070000 1f000000';
    const bytes = bitmap({ width: 2, height: 1, bits: 16, compression: 3, after, pixels: '00f8 e007' });
    expect(pixelsOf(bytes)).toEqual(['ff0000 00ff00']);
  });

  test('1, 4 and 8 bits: indices into the palette, the highest bits first', () => {
    const row = (bits: number, pixels: string) =>
      pixelsOf(
        bitmap({
          width: 4,
          height: 1,
          bits,
          after: palette.padEnd(2 ** bits * 9, '00000000 ').trim(),
          pixels,
        }),
      );
    expect(row(1, '50000000')).toEqual(['000000 ff0000 000000 ff0000']);
    expect(row(4, '12300000')).toEqual(['ff0000 00ff00 0000ff 000000']);
    expect(row(8, '01020300')).toEqual(['ff0000 00ff00 0000ff 000000']);
  });

  test('run-length encoding of 8 bits: runs, literals, skips, ends', () => {
    // Lowest row: 3 × red; end of row; literal green blue red, padded; end.
    const pixels = '0301 0000 0003 020301 00 0001';
    const bytes = bitmap({ width: 3, height: 2, bits: 8, compression: 1, after: palette, pixels });
    expect(pixelsOf(bytes)).toEqual(['00ff00 0000ff ff0000', 'ff0000 ff0000 ff0000']);
    // Two to the right and one up from the lowest left: the rest keeps the first colour.
    const skip = bitmap({
      width: 3,
      height: 2,
      bits: 8,
      compression: 1,
      after: palette,
      pixels: '0002 0201 0102 0001',
    });
    expect(pixelsOf(skip)).toEqual(['000000 000000 00ff00', '000000 000000 000000']);
  });

  test('run-length encoding of 4 bits: two colours in turn, literals by halves', () => {
    const pixels = '0512 0000 0005 12312000 0001';
    const bytes = bitmap({ width: 5, height: 2, bits: 4, compression: 2, after: palette, pixels });
    expect(pixelsOf(bytes)).toEqual([
      'ff0000 00ff00 0000ff ff0000 00ff00',
      'ff0000 00ff00 ff0000 00ff00 ff0000',
    ]);
  });

  test('missing rows are TRUNCATED, a senseless header DAMAGED, a huge one TOO_LARGE', async () => {
    const code = async (bytes: Buffer) => (await skipOf(() => decodeBmp(bytes))).code;
    expect(await code(bitmap({ width: 4, height: 4, bits: 24, pixels: '00' }))).toBe('TRUNCATED');
    expect(await code(bitmap({ width: -4, height: 4, bits: 24, pixels: '00' }))).toBe('DAMAGED');
    expect(await code(bitmap({ width: 60_000, height: 60_000, bits: 24, pixels: '00' }))).toBe('TOO_LARGE');
    expect(await code(Buffer.from('BM'))).toBe('DAMAGED');
  });
});
