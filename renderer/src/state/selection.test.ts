import { beforeEach, expect, test } from 'vitest';
import { Selection } from './selection.svelte.ts';

let selection: Selection;
beforeEach(() => {
  selection = new Selection();
  selection.reset(10);
});

test('a range goes from where it began, either way, however often it is changed', () => {
  selection.only(4);
  selection.extend(6);
  expect(selection.chosen()).toEqual([4, 5, 6]);
  selection.extend(2);
  expect(selection.chosen()).toEqual([2, 3, 4]);
  expect(selection.cursor).toBe(2);
});

test('single photos are added and taken away, and a range then begins there', () => {
  selection.only(1);
  selection.toggle(8);
  selection.toggle(1);
  expect(selection.chosen()).toEqual([8]);
  selection.extend(9);
  expect(selection.chosen()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a lasso gives up what it leaves again, but not what was chosen before it', () => {
  selection.only(0);
  const before = selection.snapshot();
  selection.lasso([4, 5], before);
  selection.lasso([5], before);
  expect(selection.chosen()).toEqual([0, 5]);
  selection.lasso([7]);
  expect(selection.chosen()).toEqual([7]);
});

test('places outside the list are not chosen', () => {
  selection.only(3);
  selection.only(10);
  selection.extend(-1);
  selection.lasso([3, 12]);
  expect(selection.chosen()).toEqual([3]);
  expect(selection.size).toBe(1);
});

test('a list that is read again keeps what it is told to keep', () => {
  selection.reset(3, (place) => place !== 1, 7);
  expect(selection.chosen()).toEqual([0, 2]);
  expect(selection.cursor).toBe(2);
  selection.reset(0);
  expect(selection.cursor).toBe(-1);
});
