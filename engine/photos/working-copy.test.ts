import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { tileSide } from '../../contract/index.ts';
import {
  black,
  blue,
  colourAt,
  cornered,
  distance,
  red,
  scene,
  skipOf,
  white,
  type Colour,
} from './fixtures.ts';
import { readWorkingCopy } from './working-copy.ts';

/** How much JPEG may change a flat colour. */
const tolerance = 4;

async function expectColour(image: Buffer, across: number, down: number, colour: Colour): Promise<void> {
  expect(distance(await colourAt(image, across, down), colour)).toBeLessThanOrEqual(tolerance);
}

/** Where the first row and the first column of the stored picture are seen: EXIF 2.32, table 6. */
const cornerSeen: Record<number, [number, number]> = {
  1: [0.1, 0.1],
  2: [0.9, 0.1],
  3: [0.9, 0.9],
  4: [0.1, 0.9],
  5: [0.1, 0.1],
  6: [0.9, 0.1],
  7: [0.9, 0.9],
  8: [0.1, 0.9],
};

describe('upright', () => {
  for (const [orientation, [across, down]] of Object.entries(cornerSeen))
    for (const format of ['jpeg', 'webp', 'png', 'tiff'] as const)
      test(`EXIF orientation ${orientation} of a ${format}`, async () => {
        const bytes = await cornered()
          .withMetadata({ orientation: Number(orientation) })
          .toFormat(format)
          .toBuffer();
        const { image, width, height } = await readWorkingCopy(bytes);
        expect([width, height]).toEqual(Number(orientation) >= 5 ? [32, 64] : [64, 32]);
        expect(await sharp(image).metadata()).toMatchObject({ width, height });
        await expectColour(image, across, down, red);
        await expectColour(image, 1 - across, 1 - down, blue);
      });

  test('orientations 5 and 7 are mirrored, 6 and 8 are not', async () => {
    // Red, green / blue, white: mirroring shows in the two corners beside the diagonal.
    const four = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
    const seen = async (orientation: number) => {
      const small = await sharp(four, { raw: { width: 2, height: 2, channels: 3 } })
        .png()
        .toBuffer();
      const large = sharp(small).resize(64, 64, { kernel: 'nearest' }).withMetadata({ orientation });
      const { image } = await readWorkingCopy(await large.png().toBuffer());
      return await colourAt(image, 0.9, 0.1);
    };
    expect(distance(await seen(5), blue)).toBeLessThanOrEqual(tolerance);
    expect(distance(await seen(6), red)).toBeLessThanOrEqual(tolerance);
    expect(distance(await seen(7), [0, 255, 0])).toBeLessThanOrEqual(tolerance);
    expect(distance(await seen(8), white)).toBeLessThanOrEqual(tolerance);
  });

  test('a PNG’s orientation in XMP', async () => {
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="3"/></x:xmpmeta>';
    const { image } = await readWorkingCopy(await cornered().withXmp(xmp).png().toBuffer());
    await expectColour(image, 0.9, 0.9, red);
  });
});

describe('a tile', () => {
  test.each([
    ['its short side as long as a cell needs', 640, 480, [299, tileSide]],
    ['and so of a tall panorama', 600, 2000, [154, 512]],
    ['no larger than the photo', 90, 60, [90, 60]],
  ])('%s', async (_, width, height, size) => {
    const { makeTile } = await readWorkingCopy(await scene(1, width, height).png().toBuffer());
    const found = await sharp(await makeTile()).metadata();
    expect([found.width, found.height]).toEqual(size);
  });

  test('upright, like the working copy', async () => {
    const { makeTile } = await readWorkingCopy(
      await cornered().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    );
    const [across, down] = cornerSeen[6] ?? [0, 0];
    await expectColour(await makeTile(), across, down, red);
  });
});

describe('sRGB, three channels, eight bits', () => {
  const orange: Colour = [230, 120, 30];
  const plain = (channels: 3 | 4, alpha = 1) =>
    sharp({
      create: { width: 40, height: 40, channels, background: { r: 230, g: 120, b: 30, alpha } },
    });

  async function expectPlain(bytes: Buffer, colour: Colour, within = tolerance): Promise<void> {
    const { image } = await readWorkingCopy(bytes);
    const found = await sharp(image).metadata();
    expect(found).toMatchObject({
      format: 'jpeg',
      space: 'srgb',
      channels: 3,
      depth: 'uchar',
      hasProfile: false,
    });
    expect(distance(await colourAt(image, 0.5, 0.5), colour)).toBeLessThanOrEqual(within);
  }

  test('Display P3 is converted by its profile', async () => {
    const bytes = await plain(3).withIccProfile('p3').png().toBuffer();
    // The stored numbers differ, so that ignoring the profile would show.
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    expect(distance([stored[0] ?? 0, stored[1] ?? 0, stored[2] ?? 0], orange)).toBeGreaterThan(8);
    await expectPlain(bytes, orange);
  });

  test('CMYK is converted', async () => {
    // Orange lies at the edge of what the profile's inks can print; inverted or unconverted channels are far off.
    await expectPlain(await plain(3).withIccProfile('cmyk').jpeg().toBuffer(), orange, 30);
  });

  test('sixteen bits are scaled', async () => {
    await expectPlain(await plain(3).toColourspace('rgb16').png().toBuffer(), orange);
    const grey = await plain(3).toColourspace('grey16').png().toBuffer();
    const [level] = await colourAt(await plain(3).greyscale().png().toBuffer(), 0.5, 0.5);
    await expectPlain(grey, [level, level, level]);
  });

  test('grey becomes three equal channels', async () => {
    const grey = await plain(3).toColourspace('b-w').jpeg().toBuffer();
    const { image } = await readWorkingCopy(grey);
    const [r, g, b] = await colourAt(image, 0.5, 0.5);
    expect([g, b]).toEqual([r, r]);
  });

  test('transparency becomes white', async () => {
    for (const format of ['png', 'webp', 'avif'] as const)
      await expectPlain(await plain(4, 0).toFormat(format).toBuffer(), white);
    await expectPlain(await plain(4, 0).tiff({ compression: 'lzw' }).toBuffer(), white);
    await expectPlain(await plain(4, 0.5).png().toBuffer(), [242, 187, 142]);
  });
});

describe('every format', () => {
  for (const format of ['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const)
    test(format, async () => {
      const { image, width, height, ...rest } = await readWorkingCopy(
        await scene(1).toFormat(format, { effort: 1 }).toBuffer(),
      );
      expect([width, height, rest.format]).toEqual([640, 480, format]);
      expect(await sharp(image).metadata()).toMatchObject({ width: 512, height: 384 });
      const expected = await scene(1).resize(512, 384).raw().toBuffer();
      const difference = (await sharp(image).raw().toBuffer()).map((value, i) =>
        Math.abs(value - (expected[i] ?? 0)),
      );
      expect(difference.reduce((sum, value) => sum + value, 0) / difference.length).toBeLessThan(6);
    });

  test('of an animation the first frame', async () => {
    const frames = await Promise.all([red, blue].map((colour) => cornered(colour, colour).png().toBuffer()));
    for (const format of ['gif', 'webp'] as const) {
      const animation = await sharp(frames, { join: { animated: true } })
        .toFormat(format)
        .toBuffer();
      expect((await sharp(animation).metadata()).pages).toBe(2);
      const { image, height } = await readWorkingCopy(animation);
      expect(height).toBe(32);
      await expectColour(image, 0.5, 0.5, red);
    }
  });

  test('a RAW file through its preview, turned as the RAW file says', async () => {
    const preview = await cornered().jpeg().toBuffer();
    const tiff = '49492a0008000000' + '0100' + '120103000100000006000000' + '00000000';
    const raw = Buffer.concat([
      Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom\0\0\0\0CMT1', 'latin1'),
      Buffer.from(tiff, 'hex'),
      preview,
    ]);
    const { image, width, height, format } = await readWorkingCopy(raw);
    expect([width, height, format]).toEqual([32, 64, 'raw']);
    await expectColour(image, 0.9, 0.1, red);
  });

  test('a bitmap, whatever its name says', async () => {
    const bytes = Buffer.alloc(54 + 64 * 32 * 3, 0xff);
    Buffer.from('424d00000000000000003600000028000000400000002000000001001800'.padEnd(108, '0'), 'hex').copy(
      bytes,
    );
    await expectColour((await readWorkingCopy(bytes)).image, 0.5, 0.5, white);
  });
});

describe('sizes', () => {
  test('small photos are not enlarged', async () => {
    const { image } = await readWorkingCopy(await cornered(red, blue, 1, 1).png().toBuffer());
    expect(await sharp(image).metadata()).toMatchObject({ width: 1, height: 1 });
  });

  test('a line of pixels stays a line', async () => {
    const line = await cornered(red, red, 10_000, 1).png().toBuffer();
    const { image, width, height } = await readWorkingCopy(line);
    expect([width, height]).toEqual([10_000, 1]);
    expect(await sharp(image).metadata()).toMatchObject({ width: 512, height: 1 });
  });

  test('another long side when it is asked for', async () => {
    const { image } = await readWorkingCopy(await scene(1).jpeg().toBuffer(), 600);
    expect(await sharp(image).metadata()).toMatchObject({ width: 600, height: 450 });
  });
});

test('the same photo gives the same bytes', async () => {
  const bytes = await scene(2).jpeg().toBuffer();
  const [a, b] = [await readWorkingCopy(bytes), await readWorkingCopy(bytes)];
  expect(a.image.equals(b.image)).toBe(true);
});

test('time and camera come along', async () => {
  const exif = {
    IFD0: { Make: 'Canon', Model: 'Canon EOS R5' },
    IFD2: { DateTimeOriginal: '2024:05:17 09:30:01' },
  };
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const bytes = await cornered().withExif(exif).toFormat(format).toBuffer();
    expect((await readWorkingCopy(bytes)).exif).toEqual({
      takenAt: '2024-05-17T09:30:01',
      camera: 'Canon EOS R5',
    });
  }
});

describe('what can’t be taken has a reason', () => {
  const code = async (bytes: Buffer) => (await skipOf(readWorkingCopy(bytes))).code;

  test('no bytes, and text with a photo’s name', async () => {
    expect(await code(Buffer.alloc(0))).toBe('EMPTY_FILE');
    expect(await code(Buffer.from('dear diary'))).toBe('NOT_A_PHOTO');
  });

  test('a photo cut short, in every format that has an end', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
      const bytes = await scene(3).toFormat(format, { effort: 1 }).toBuffer();
      expect([format, await code(bytes.subarray(0, bytes.length * 0.6))]).toEqual([format, 'TRUNCATED']);
    }
  });

  test('a JPEG with its pixels overwritten is DAMAGED', async () => {
    const bytes = await scene(4).jpeg().toBuffer();
    for (let i = 0; i < 400; i++) bytes[(bytes.length >> 1) + i] = (i * 7919) % 251;
    expect(await code(bytes)).toBe('DAMAGED');
  });

  test('a JPEG with stray bytes between its segments is taken, as every viewer does', async () => {
    const bytes = await cornered().jpeg().toBuffer();
    const stray = Buffer.concat([bytes.subarray(0, 20), Buffer.from('stray'), bytes.subarray(20)]);
    await expectColour((await readWorkingCopy(stray)).image, 0.1, 0.1, red);
  });

  test('a decompression bomb is TOO_LARGE before it is decoded', async () => {
    const png = await cornered(black, black).png().toBuffer();
    png.writeUInt32BE(50_000, 16);
    png.writeUInt32BE(50_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    const skip = await skipOf(readWorkingCopy(png));
    expect(skip).toMatchObject({ code: 'TOO_LARGE', reason: 'The photo has more than 250 megapixels.' });
  });
});
