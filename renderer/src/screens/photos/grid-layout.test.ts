import { describe, expect, it } from 'vitest';
import { cornerOf, layOut, placesIn, scrollTo, visiblePlaces } from './grid-layout.ts';

// 12 padding, three cells of 100, two gaps of 6, 12 padding
const three = layOut(336, 100, 10);

it('fits as many columns as it can and stretches them to the width', () => {
  expect(three).toMatchObject({ columns: 3, cell: 100, height: 4 * 106 - 6 + 24 + 60 });
  expect(layOut(400, 100, 10)).toMatchObject({ columns: 3, cell: (400 - 24 - 12) / 3 });
});

it('has one column in a window that is narrower than a cell', () => {
  expect(layOut(50, 100, 3).columns).toBe(1);
});

it('places cells row by row', () => {
  expect(cornerOf(three, 0)).toEqual({ x: 12, y: 12 });
  expect(cornerOf(three, 4)).toEqual({ x: 118, y: 118 });
});

describe('what is visible', () => {
  it('begins with the row that the top of the view cuts', () => {
    expect(visiblePlaces(three, 10, { top: 120, height: 100 }, 0)).toEqual({ first: 3, end: 6 });
  });
  it('ends with the last photo', () => {
    expect(visiblePlaces(three, 10, { top: 0, height: 5000 }, 0)).toEqual({ first: 0, end: 10 });
  });
  it('is nothing in an empty list', () => {
    expect(visiblePlaces(layOut(336, 100, 0), 0, { top: 0, height: 500 })).toEqual({ first: 0, end: 0 });
  });
});

describe('a lasso', () => {
  it('takes the cells it touches', () => {
    expect(placesIn(three, 10, { left: 50, top: 50, right: 130, bottom: 130 })).toEqual([0, 1, 3, 4]);
  });
  it('takes nothing in the gap between cells', () => {
    expect(placesIn(three, 10, { left: 113, top: 20, right: 117, bottom: 90 })).toEqual([]);
  });
  it('takes nothing after the last photo', () => {
    expect(placesIn(three, 10, { left: 0, top: 340, right: 336, bottom: 400 })).toEqual([9]);
  });
});

describe('bringing a place into view', () => {
  const view = { top: 100, height: 200 };
  it('scrolls up to a row above', () => expect(scrollTo(three, 0, view)).toBe(0));
  it('scrolls down just far enough', () => expect(scrollTo(three, 9, view)).toBe(330 + 100 + 12 - 200));
  it('stays where the row is in view', () => expect(scrollTo(three, 4, view)).toBe(100));
});
