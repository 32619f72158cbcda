import sharp from 'sharp';
import { expect, test } from 'vitest';
import { scene } from './fixtures.ts';
import { perceptualHash } from './perceptual-hash.ts';

function differingBits(a: bigint, b: bigint): number {
  return (a ^ b).toString(2).replaceAll('0', '').length;
}

test('each bit says whether the right neighbour is brighter, row by row', async () => {
  // Nine columns that rise, but for the last step; eight equal rows.
  const row = [0, 20, 40, 60, 80, 100, 120, 140, 10];
  const data = Uint8Array.from({ length: 72 * 3 }, (_, i) => row[Math.floor(i / 3) % 9] ?? 0);
  const png = await sharp(data, { raw: { width: 9, height: 8, channels: 3 } })
    .png()
    .toBuffer();
  expect(await perceptualHash(png)).toBe(0xfefefefefefefefen);
});

test('smaller, brighter and worse versions of a photo stay within a few bits, other photos do not', async () => {
  const hash = await perceptualHash(await scene(1).jpeg().toBuffer());
  const versions = [
    await scene(1).resize(200).jpeg({ quality: 40 }).toBuffer(),
    await scene(1).linear(1.1, 5).jpeg().toBuffer(),
    await scene(1).webp({ quality: 50 }).toBuffer(),
  ];
  for (const version of versions)
    expect(differingBits(hash, await perceptualHash(version))).toBeLessThanOrEqual(4);
  for (const seed of [2, 3, 4]) {
    const other = await perceptualHash(await scene(seed).jpeg().toBuffer());
    expect(differingBits(hash, other)).toBeGreaterThan(10);
  }
});
