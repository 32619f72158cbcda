import { expect, test } from 'vitest';
import { readMnist } from '../lab/read-mnist.ts';
import { centreDigit, type Grey } from './centre-digit.ts';

/** A drawing with rectangles of ink, each `[top, left, height, width]`. */
function drawn(height: number, width: number, ...rectangles: [number, number, number, number][]): Grey {
  const values = new Uint8Array(height * width);
  for (const [top, left, rows, columns] of rectangles)
    for (let y = top; y < top + rows; y++) values.fill(255, y * width + left, y * width + left + columns);
  return { height, width, values };
}

/** Where ink is: `[top, left, height, width]`. */
function boxOf(digit: Uint8Array | null): number[] {
  const places = [...(digit ?? [])].flatMap((ink, i) => (ink > 0 ? [[Math.floor(i / 28), i % 28]] : []));
  const [rows, columns] = [places.map(([y = 0]) => y), places.map(([, x = 0]) => x)];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  return [top, left, Math.max(...rows) + 1 - top, Math.max(...columns) + 1 - left];
}

test('ink is brought to 20 × 20 without changing its shape, wherever and however large it was drawn', () => {
  const digit = centreDigit(drawn(140, 140, [60, 10, 40, 20]));
  expect(digit).toHaveLength(28 * 28);
  expect(boxOf(digit)).toEqual([5, 10, 20, 10]);
  expect([...(digit ?? [])].filter((ink) => ink === 255)).toHaveLength(20 * 10);
  expect(boxOf(centreDigit(drawn(200, 300, [180, 290, 10, 5])))).toEqual([5, 10, 20, 10]);
  expect(boxOf(centreDigit(drawn(28, 28, [0, 0, 4, 20])))).toEqual([13, 5, 4, 20]);
});

test('the centre of mass, not of the box, is in the middle of pixel 14', () => {
  // An L: 20 × 4 on the left, 4 × 16 more at the foot. Mass 80 at (10, 2) and 64 at (18, 12), together at (13.56, 6.44).
  const digit = centreDigit(drawn(50, 50, [15, 15, 20, 4], [31, 19, 4, 16]));
  expect(boxOf(digit)).toEqual([1, 8, 20, 20]);
});

test('ink never leaves the field', () => {
  // Mass 80 at (2, 10) and 16 at (12, 19.5), together at (3.7, 11.6), would put it 11 rows down; 20 do not fit below that.
  const digit = centreDigit(drawn(60, 60, [0, 0, 4, 20], [4, 19, 16, 1]));
  expect(boxOf(digit)).toEqual([8, 3, 20, 20]);
});

test('a pixel has the grey of the area that it covers', () => {
  // 30 rows become 20: the first takes row 0 and half of row 1.
  const { values, ...size } = drawn(30, 30, [0, 0, 30, 30]);
  values.fill(85, 30, 60);
  const digit = centreDigit({ ...size, values });
  const [top = 0, left = 0] = boxOf(digit);
  const column = Array.from({ length: 3 }, (_, y) => digit?.[(top + y) * 28 + left + 5]);
  expect(column).toEqual([198, 198, 255]); // (255 + 85 / 2) / 1.5, (85 / 2 + 255) / 1.5
});

test('the digits of MNIST, which are in this form, stay exactly as they are', async () => {
  const { test: digits } = await readMnist();
  for (let place = 0; place < 1000; place++) {
    const values = Uint8Array.from(digits.pixels.subarray(place * 784, (place + 1) * 784));
    const digit = centreDigit({ height: 28, width: 28, values });
    expect(digit && Buffer.compare(digit, values)).toBe(0);
  }
});

test('without ink there is no digit', () => {
  expect(centreDigit(drawn(28, 28))).toBeNull();
  expect(centreDigit({ height: 1, width: 2, values: Uint8Array.of(0, 0) })).toBeNull();
});
