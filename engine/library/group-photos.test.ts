import { expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { groupPhotos, type GroupablePhoto } from './group-photos.ts';

function photo(some: Partial<GroupablePhoto> & { bits?: bigint }): GroupablePhoto {
  const perceptualHash = (some.bits ?? 0n).toString(16).padStart(16, '0');
  return { takenAt: null, camera: null, folder: null, perceptualHash, ...some };
}

/** Random hashes, a third of them a few bits beside an earlier one. */
function randomHashes(count: number): bigint[] {
  const random = randomFor('group photos test');
  const hashes: bigint[] = [];
  for (let i = 0; i < count; i += 1) {
    let hash = 0n;
    for (let byte = 0; byte < 8; byte += 1) hash = (hash << 8n) | BigInt(Math.floor(random() * 256));
    const earlier = hashes[Math.floor(random() * hashes.length)];
    if (earlier !== undefined && random() < 1 / 3) {
      hash = earlier;
      for (let flips = Math.floor(random() * 8); flips > 0; flips -= 1)
        hash ^= 1n << BigInt(Math.floor(random() * 64));
    }
    hashes.push(hash);
  }
  return hashes;
}

/** Hashes of pictures that are all somewhat alike: few bits set, most of them the same. */
function alikeHashes(count: number): bigint[] {
  const random = randomFor('alike photos test');
  const flips = () => Array.from({ length: 6 }, () => 1n << BigInt(Math.floor(random() * 64)));
  return Array.from({ length: count }, () => flips().reduce((hash, bit) => hash | bit, 0n));
}

/** The groups that comparing all with all gives. */
function groupsByComparing(hashes: readonly bigint[]): number[][] {
  const group = hashes.map((_, i) => i);
  const bits = (n: bigint) => n.toString(2).replaceAll('0', '').length;
  for (const [i, a] of hashes.entries())
    for (let j = 0; j < i; j += 1)
      if (bits(a ^ (hashes[j] ?? 0n)) <= 4) {
        const [from, to] = [group[i], group[j]];
        for (const [k, g] of group.entries()) if (g === from) group[k] = to ?? k;
      }
  return [...Map.groupBy(hashes.keys(), (i) => group[i]).values()];
}

test.each([
  ['of all kinds', randomHashes(600)],
  ['that are many and alike', alikeHashes(1500)],
])('finds the near-duplicates that comparing all with all finds, among photos %s', (_, hashes) => {
  const found = groupPhotos(hashes.map((bits) => photo({ bits })));
  const sorted = (groups: number[][]) => groups.map((g) => g.toSorted((a, b) => a - b).join()).sort();
  expect(sorted(found)).toEqual(sorted(groupsByComparing(hashes)));
  expect(found.some((g) => g.length > 1)).toBe(true);
  expect(found.length).toBeGreaterThan(hashes.length / 2);
});

test('a burst is one group however long; another camera or a pause of four seconds ends it', () => {
  const shots = [
    ['Canon', '2024-05-01T10:00:00'],
    ['Canon', '2024-05-01T10:00:02.5'],
    ['Canon', '2024-05-01T10:00:05'],
    ['Canon', '2024-05-01T10:00:09'],
    ['Nikon', '2024-05-01T10:00:05'],
    [null, '2024-05-01T10:00:05'],
  ] as const;
  const photos = shots.map(([camera, takenAt], i) =>
    photo({ camera, takenAt, bits: 0xffn << BigInt(8 * i) }),
  );
  expect(groupPhotos(photos)).toEqual([[0, 1, 2], [3], [4], [5]]);
});

test('photos that all bear one time are no burst: that clock stands still', () => {
  const photos = randomHashes(100).map((_, i) =>
    photo({ camera: 'Canon', takenAt: '2000-01-01T00:00:00', bits: BigInt(i) * 0x0123456789abcdefn }),
  );
  expect(groupPhotos(photos).length).toBeGreaterThan(90);
});

test('photos of a folder stay together when it is asked', () => {
  const photos = ['a', 'b', 'a', null].map((folder, i) => photo({ folder, bits: 0xffn << BigInt(8 * i) }));
  expect(groupPhotos(photos)).toEqual([[0, 2], [1], [3]]);
});

test('photos without any edge are not taken for copies of one another, nor of those with few', () => {
  const bits = [0n, 0n, 2n ** 64n - 1n, 2n ** 64n - 1n, 1n];
  expect(groupPhotos(bits.map((each) => photo({ bits: each })))).toEqual([[0], [1], [2], [3], [4]]);
});
