import { expect, test } from 'vitest';
import { variantsWithin } from './variants-within.ts';

test('as many variants as were asked for when they fit, fewer when not, never none', () => {
  const rowBytes = 2 * 100;
  expect(variantsWithin(9, 10, 100, 9 * 10 * rowBytes)).toBe(9);
  expect(variantsWithin(9, 10, 100, 9 * 10 * rowBytes - 1)).toBe(8);
  expect(variantsWithin(9, 10, 100, 1)).toBe(1);
});

test('nine variants of 5,000 photos fit at the last stage of EfficientNet-Lite0, not of 32,000 at Inception mixed8', () => {
  expect(variantsWithin(9, 5000, 7 * 7 * 192)).toBe(9);
  expect(variantsWithin(9, 32_000, 8 * 8 * 1280)).toBe(1);
});
