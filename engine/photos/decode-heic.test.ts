import sharp from 'sharp';
import { expect, test } from 'vitest';
import { assignProfile, decodeHeic } from './decode-heic.ts';
import { colourAt, cornered, distance, skipOf } from './fixtures.ts';

test('a profile put into a PNG decides its colours', async () => {
  const reference = await cornered([230, 120, 30], [20, 90, 200]).withIccProfile('p3').png().toBuffer();
  const { icc } = await sharp(reference).metadata();
  const bare = await sharp(reference, { ignoreIcc: true }).png().toBuffer();
  const assigned = await sharp(assignProfile(bare, icc ?? Buffer.alloc(0)))
    .png()
    .toBuffer();
  const converted = await sharp(reference).png().toBuffer();
  expect(distance(await colourAt(assigned, 0.1, 0.1), await colourAt(bare, 0.1, 0.1))).toBeGreaterThan(8);
  expect(await colourAt(assigned, 0.1, 0.1)).toEqual(await colourAt(converted, 0.1, 0.1));
});

test('bytes that the decoder refuses are DAMAGED', async () => {
  const bytes = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
  expect((await skipOf(decodeHeic(bytes))).code).toBe('DAMAGED');
});
