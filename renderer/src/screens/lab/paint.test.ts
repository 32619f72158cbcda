import { expect, test } from 'vitest';
import { rampOf } from './paint.ts';

test('a ramp goes evenly from each colour to the next', () => {
  const ramp = rampOf(['#000000', '#64c800', '#ffffff']);
  const at = (value: number) => [...ramp.subarray(value * 4, value * 4 + 4)];
  expect(at(0)).toEqual([0, 0, 0, 255]);
  expect(at(51)).toEqual([40, 80, 0, 255]); // two fifths of the way to #64c800
  expect(at(255)).toEqual([255, 255, 255, 255]);
});
