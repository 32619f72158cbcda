import { expect, test } from 'vitest';
import type { TrainingPhoto } from '../library/index.ts';
import { drawPhotos } from './draw-photos.ts';

/** Ten photos of each of two labels; numbers 0 … 4 of the first are twins of one another. */
const photos = ['sea', 'hill'].flatMap((label) =>
  Array.from({ length: 10 }, (_, i): TrainingPhoto => {
    const id = `${label}${i}`;
    const group = label === 'sea' && i < 5 ? 'twins' : id;
    return { id, label, group, split: 'train', workingCopy: '', path: id };
  }),
);
const ids = (drawn: readonly TrainingPhoto[] = []) => drawn.map(({ id }) => id);

test('as many of each label are learned from, the others judge', () => {
  const { pool, test: judges } = drawPhotos(photos.slice(10), 4, 1);
  expect(pool.get('hill')).toHaveLength(4);
  expect(new Set([...ids(pool.get('hill')), ...ids(judges)])).toEqual(new Set(ids(photos.slice(10))));
  expect(judges).toHaveLength(6);
});

test('no near-twin of a photo that is learned from judges', () => {
  const { pool, test: judges } = drawPhotos(photos, 6, 3);
  const groups = new Set([...pool.values()].flat().map(({ group }) => group));
  expect(groups.has('twins')).toBe(true);
  expect(judges.some(({ group }) => group === 'twins')).toBe(false);
});

test('the seed decides, whatever the order of the photos', () => {
  const drawn = drawPhotos(photos, 3, 1);
  expect(drawPhotos(photos.toReversed(), 3, 1).pool.get('sea')).toEqual(drawn.pool.get('sea'));
  expect(ids(drawPhotos(photos, 3, 2).pool.get('sea'))).not.toEqual(ids(drawn.pool.get('sea')));
});
