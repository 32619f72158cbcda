import { expect, test } from 'vitest';
import { toFeatureMaps } from './feature-maps.ts';

/** Two maps of 3 × 3, channels fastest: the first -1 everywhere but 3 in its corner, the second 0 to 8. */
const values = Float32Array.from([3, 0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5, -1, 6, -1, 7, -1, 8]);
const layer = { layer: 'conv1', kind: 'conv', shape: [3, 3, 2], values };
const bytes = ({ values }: { values: string }) => [...Buffer.from(values, 'base64')];

test('the strongest map comes first, each on its own scale, which zero belongs to', () => {
  const maps = toFeatureMaps(layer);
  expect(maps).toMatchObject({ layer: 'conv1', kind: 'conv', shape: [3, 3, 2], height: 3, width: 3 });
  expect(maps.maps).toEqual([
    { channel: 1, strength: 4, low: 0, high: 8 },
    { channel: 0, strength: 11 / 9, low: -1, high: 3 },
  ]);
  expect(bytes(maps)).toEqual([
    ...[0, 32, 64, 96, 128, 159, 191, 223, 255], // 255 / 8 each
    ...[255, 0, 0, 0, 0, 0, 0, 0, 0],
  ]);
});

test('steady maps keep the order of the network and share a scale', () => {
  const maps = toFeatureMaps(layer, { steady: true });
  expect(maps.maps).toEqual([
    { channel: 0, strength: 11 / 9, low: -1, high: 8 },
    { channel: 1, strength: 4, low: -1, high: 8 },
  ]);
  expect(bytes(maps).slice(0, 2)).toEqual([113, 0]); // 4 / 9 of 255
});

test('large maps are brought down by means over squares, of what there is at the edge', () => {
  const maps = toFeatureMaps(layer, { side: 2, most: 1 });
  expect(maps).toMatchObject({ shape: [3, 3, 2], height: 2, width: 2 });
  // Means of 0 1 3 4, of 2 5, of 6 7, and 8; the strength is that of the whole map.
  expect(maps.maps).toEqual([{ channel: 1, strength: 4, low: 0, high: 8 }]);
  expect(bytes(maps)).toEqual([64, 112, 207, 255]); // 2, 3.5, 6.5 and 8 of 8
});

test('units are one row, all of them, also where they are maps of a single point', () => {
  const units = new Float32Array(300).fill(1);
  for (const shape of [[300], [1, 1, 300]]) {
    const maps = toFeatureMaps({ layer: 'hidden', kind: 'dense', shape, values: units });
    expect(maps).toMatchObject({ shape, height: 1, width: 300, maps: [{ channel: 0, low: 0, high: 1 }] });
    expect(bytes(maps)).toEqual(Array(300).fill(255));
  }
});

test('a map of zeros is black', () => {
  const maps = toFeatureMaps({ layer: 'dead', kind: 'conv', shape: [2, 1, 1], values: new Float32Array(2) });
  expect(maps.maps).toEqual([{ channel: 0, strength: 0, low: 0, high: 0 }]);
  expect(bytes(maps)).toEqual([0, 0]);
});
