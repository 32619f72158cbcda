import { expect, test } from 'vitest';
import { unitRows } from './unit-rows.ts';

test('few units are one row, many are rows of nearly one length', () => {
  const one = Uint8Array.of(3, 1, 2);
  expect(unitRows(one)).toEqual({ width: 3, height: 1, bytes: one });
  const { width, height, bytes } = unitRows(new Uint8Array(129).fill(7));
  expect([width, height]).toEqual([43, 3]);
  expect(bytes.every((value) => value === 7)).toBe(true);
  expect(unitRows(new Uint8Array(131).fill(7)).bytes.at(-1)).toBe(0);
});
