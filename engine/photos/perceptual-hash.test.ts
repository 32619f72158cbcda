import type { Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { scene } from './fixtures.ts';
import { perceptualHash } from './perceptual-hash.ts';
import { readPixels } from './pixels.ts';

const hashOf = async (image: Sharp) => perceptualHash(await readPixels(await image.toBuffer()));

function differingBits(a: bigint, b: bigint): number {
  return (a ^ b).toString(2).replaceAll('0', '').length;
}

test('each bit says whether the right neighbour is brighter, row by row', () => {
  // Nine columns that rise, but for the last step; eight equal rows.
  const row = [0, 20, 40, 60, 80, 100, 120, 140, 10];
  const data = Uint8Array.from({ length: 72 * 3 }, (_, i) => row[Math.floor(i / 3) % 9] ?? 0);
  expect(perceptualHash({ data, width: 9, height: 8 })).toBe(0xfefefefefefefefen);
});

test('a plain picture has no brighter neighbours, however small it is', () => {
  for (const [width, height] of [
    [100, 70],
    [1, 1],
    [3, 500],
  ] as const)
    expect(perceptualHash({ data: new Uint8Array(width * height * 3).fill(200), width, height })).toBe(0n);
});

test('smaller, larger, brighter and worse versions of a photo stay within a few bits, other photos do not', async () => {
  const hash = await hashOf(scene(1).png());
  const versions = [
    scene(1).resize(200).jpeg({ quality: 40 }),
    scene(1).resize(1500).jpeg(),
    scene(1).linear(1.1, 5).jpeg(),
    scene(1).webp({ quality: 50 }),
  ];
  for (const version of versions) expect(differingBits(hash, await hashOf(version))).toBeLessThanOrEqual(4);
  for (const seed of [2, 3, 4])
    expect(differingBits(hash, await hashOf(scene(seed).jpeg()))).toBeGreaterThan(10);
});
