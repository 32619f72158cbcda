import { expect, test } from 'vitest';
import type { LabelledImages } from './labelled-images.ts';
import { splitMnist } from './split-mnist.ts';

/** Digits of a single pixel each, which tells them apart. */
function digits(count: number): LabelledImages {
  return {
    shape: [1, 1, 1],
    classNames: ['even', 'odd'],
    labels: Int32Array.from({ length: count }, (_, i) => i % 2),
    pixels: Uint8Array.from({ length: count }, (_, i) => i),
  };
}

const mnist = { train: digits(200), test: digits(40) };

test('every digit to learn from is in one set, with its label', () => {
  const { train, validation, test } = splitMnist(mnist, { validation: 0.1, limit: null, seed: 1 });
  expect([train.labels.length, validation?.labels.length]).toEqual([180, 20]);
  const all = [...train.pixels, ...(validation?.pixels ?? [])];
  expect(all.toSorted((a, b) => a - b)).toEqual([...mnist.train.pixels]);
  expect([...train.labels]).toEqual([...train.pixels].map((digit) => digit % 2));
  expect(test).toBe(mnist.test);
});

test('the sets follow from the seed', () => {
  const settings = { validation: 0.1, limit: null, seed: 1 };
  const once = splitMnist(mnist, settings);
  expect(splitMnist(mnist, settings)).toEqual(once);
  expect(splitMnist(mnist, { ...settings, seed: 2 }).validation).not.toEqual(once.validation);
});

test('a limit takes from the digits to learn from, not from those to watch by', () => {
  const whole = splitMnist(mnist, { validation: 0.1, limit: null, seed: 1 });
  const some = splitMnist(mnist, { validation: 0.1, limit: 30, seed: 1 });
  expect(some.validation).toEqual(whole.validation);
  expect(some.train.pixels).toEqual(whole.train.pixels.subarray(0, 30));
  expect(splitMnist(mnist, { validation: 0.1, limit: 1000, seed: 1 }).train).toEqual(whole.train);
});

test('without validation all are learned from', () => {
  const { train, validation } = splitMnist(mnist, { validation: 0, limit: null, seed: 1 });
  expect([train.labels.length, validation]).toEqual([200, null]);
});
