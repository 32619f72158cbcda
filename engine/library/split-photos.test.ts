import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { splitPhotos, type Placement, type SplitPhoto } from './split-photos.ts';

/** Photos that have nothing to do with each other, unless `some` says so. */
function photos(count: number, some: (i: number) => Partial<SplitPhoto>, from = 0): SplitPhoto[] {
  return Array.from({ length: count }, (_, i) => {
    const id = hash('sha256', `photo ${from + i}`);
    const alone = { takenAt: null, camera: null, folder: null, choices: null, split: null, group: null };
    return { id, perceptualHash: id.slice(0, 16), label: 'beach', ...alone, ...some(from + i) };
  });
}

/** The photos as they are once a split is stored. */
function stored(before: SplitPhoto[], placements: Map<string, Placement>): SplitPhoto[] {
  return before.map((photo) => ({ ...photo, ...placements.get(photo.id) }));
}

function counts(after: SplitPhoto[], label: string) {
  const of = (split: string) => after.filter((p) => p.label === label && p.split === split).length;
  return { train: of('train'), validation: of('validation'), test: of('test') };
}

/** A library as it comes: labels of all sizes, bursts, unlabelled photos among them. */
function manyKinds(seed: number): SplitPhoto[] {
  const random = randomFor('split photos test', seed);
  return photos(400, () => {
    const label = `label ${Math.floor(8 * random() ** 2)}`;
    const takenAt = new Date(1e12 + Math.floor(random() * 900) * 1000).toISOString().slice(0, 19);
    return { label: random() < 0.1 ? null : label, camera: random() < 0.5 ? 'Canon' : null, takenAt };
  });
}

describe.each([1, 2, 3, 4, 5])('whatever the library (%i)', (seed) => {
  const before = manyKinds(seed);
  const placements = splitPhotos(before);
  const after = stored(before, placements);

  test('every labelled photo has a split, and a group is never parted', () => {
    expect([...placements.keys()].sort()).toEqual(
      before.flatMap(({ id, label }) => (label === null ? [] : id)).sort(),
    );
    const splits = Map.groupBy(placements.values(), ({ group }) => group);
    expect([...splits.values()].filter((g) => new Set(g.map(({ split }) => split)).size > 1)).toEqual([]);
  });

  test('it does not depend on the order of the photos', () => {
    const other = splitPhotos(before.toReversed());
    expect(new Map([...other].sort())).toEqual(new Map([...placements].sort()));
  });

  test('relabelling and adding photos moves nobody', () => {
    const random = randomFor('relabel', seed);
    const relabelled = after.map((p) => (random() < 0.3 ? { ...p, label: 'new label' } : p));
    const added = [...relabelled, ...photos(100, () => ({ label: 'new label' }), 1000)];
    const later = splitPhotos(added);
    expect(after.filter(({ id, split }) => split !== null && later.has(id))).toEqual([]);
    expect(photos(100, () => ({}), 1000).every(({ id }) => later.has(id))).toBe(true);
  });
});

test.each([
  [3, { train: 1, validation: 1, test: 1 }],
  [4, { train: 2, validation: 1, test: 1 }],
  [10, { train: 7, validation: 1, test: 2 }],
  [20, { train: 14, validation: 3, test: 3 }],
  [100, { train: 70, validation: 15, test: 15 }],
])('%i photos of a label: a part for each, near to 70/15/15', (count, expected) => {
  const before = photos(count, () => ({}));
  expect(counts(stored(before, splitPhotos(before)), 'beach')).toEqual(expected);
});

test('every label is split by itself', () => {
  const before = photos(300, (i) => ({ label: i < 20 ? 'rare' : 'common' }));
  const after = stored(before, splitPhotos(before));
  expect(counts(after, 'rare')).toEqual({ train: 14, validation: 3, test: 3 });
  expect(counts(after, 'common')).toEqual({ train: 196, validation: 42, test: 42 });
});

test('a label of three groups has one in each split, however large they are', () => {
  const before = photos(60, (i) => ({ folder: i < 50 ? 'a' : i < 55 ? 'b' : 'c' }));
  const { train, validation, test } = counts(stored(before, splitPhotos(before)), 'beach');
  expect([train, validation, test].every((n) => n > 0)).toBe(true);
});

test('one huge burst among single photos goes to training', () => {
  const before = photos(150, (i) => ({ folder: i < 100 ? 'burst' : null }));
  const placements = splitPhotos(before);
  expect(placements.get(before[0]?.id ?? '')?.split).toBe('train');
});

test('a new photo of a known group gets the split of that group', () => {
  const before = photos(30, (i) => ({ folder: `folder ${i}` }));
  const after = stored(before, splitPhotos(before));
  const twins = photos(30, (i) => ({ folder: `folder ${i - 100}` }), 100);
  const later = splitPhotos([...after, ...twins]);
  expect(twins.map(({ id }) => later.get(id))).toEqual(after.map(({ split, group }) => ({ split, group })));
});

test('an unlabelled photo in the middle of a burst holds its ends together', () => {
  const times = ['10:00:00', '10:00:03', '10:00:06'];
  const before = photos(3, (i) => ({
    camera: 'Canon',
    takenAt: `2024-05-01T${times[i]}`,
    label: i === 1 ? null : 'beach',
  }));
  const [one, two] = [...splitPhotos(before).values()];
  expect(one).toEqual(two);
});

test('photos of a test/ folder are test photos, and those of train/ never are, even near-twins', () => {
  const before = photos(100, (i) => ({
    choices: i < 30 ? ['test'] : ['train', 'validation'],
    folder: i === 0 || i === 99 ? 'twins' : null,
  }));
  const after = stored(before, splitPhotos(before));
  expect(after.slice(0, 30).every(({ split }) => split === 'test')).toBe(true);
  expect(counts(after.slice(30), 'beach')).toEqual({ train: 58, validation: 12, test: 0 });
});
