import { expect, test } from 'vitest';
import { assignFolds } from './assign-folds.ts';

const photos = (...labels: number[]) => labels.map((label, i) => ({ group: `photo ${i}`, label }));

test('every label is dealt out evenly', () => {
  const labels = [...new Array<number>(20).fill(0), ...new Array<number>(10).fill(1)];
  const folds = assignFolds(photos(...labels), 5);
  const count = (label: number, fold: number) =>
    labels.filter((each, i) => each === label && folds[i] === fold).length;
  for (let fold = 0; fold < 5; fold++) expect([count(0, fold), count(1, fold)]).toEqual([4, 2]);
});

test('a group is never parted, and what is left fills the other folds', () => {
  const burst = photos(0, 0, 0, 0).map(({ label }) => ({ group: 'burst', label }));
  const folds = assignFolds([...burst, ...photos(0, 0, 0, 0)], 2);
  expect(new Set(folds.slice(0, 4)).size).toBe(1);
  expect(new Set(folds.slice(4))).toEqual(new Set([1 - (folds[0] ?? 0)]));
});

test('the folds do not depend on the order of the photos', () => {
  const some = photos(0, 1, 0, 1, 0, 0, 2, 2, 1);
  const reversed = assignFolds(some.toReversed(), 3).reverse();
  expect(reversed).toEqual(assignFolds(some, 3));
});
