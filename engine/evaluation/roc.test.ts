import { expect, test } from 'vitest';
import { rocCurve } from './roc.ts';

/** Mann–Whitney by its definition: of all pairs (positive, negative), how many stand in the right order. */
function pairShare(scores: number[], positive: boolean[]): number {
  let right = 0;
  let pairs = 0;
  scores.forEach((p, i) =>
    scores.forEach((q, j) => {
      if (positive[i] !== true || positive[j] !== false) return;
      pairs += 1;
      right += p > q ? 1 : p === q ? 0.5 : 0;
    }),
  );
  return right / pairs;
}

/** A small deterministic sequence in 0 … 1 (a linear congruential generator). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
}

test('the curve of a worked example, with a tie across both sides', () => {
  // Fawcett's rule: the tie at 0.5 (one positive, one negative) is one diagonal step.
  const roc = rocCurve([0.9, 0.5, 0.5, 0.2], [true, true, false, false]);
  expect(roc).toEqual({
    falsePositiveRate: [0, 0, 0.5, 1],
    truePositiveRate: [0, 0.5, 1, 1],
    thresholds: [1.9, 0.9, 0.5, 0.2],
    area: 0.875,
  });
});

test('the area is the share of pairs in the right order, ties counting half', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const random = sequence(seed);
    const n = 2 + Math.floor(random() * 40);
    const levels = 1 + Math.floor(random() * 8);
    const scores = Array.from({ length: n }, () => Math.floor(random() * levels) / levels);
    const positive = Array.from({ length: n }, (_, i) => (i === 0 ? true : i === 1 ? false : random() < 0.4));
    expect(rocCurve(scores, positive)?.area).toBeCloseTo(pairShare(scores, positive), 12);
  }
});

test('scores that say nothing give the diagonal, a perfect order the corner', () => {
  expect(rocCurve([0.3, 0.3, 0.3], [true, false, true])).toMatchObject({
    falsePositiveRate: [0, 1],
    truePositiveRate: [0, 1],
    area: 0.5,
  });
  expect(rocCurve([0.1, 0.8, 0.7, 0.2], [false, true, true, false])).toMatchObject({
    falsePositiveRate: [0, 0, 1],
    truePositiveRate: [0, 1, 1],
    area: 1,
  });
});

test('there is no curve where only one side occurs', () => {
  expect(rocCurve([0.1, 0.2], [true, true])).toBeNull();
  expect(rocCurve([0.1, 0.2], [false, false])).toBeNull();
  expect(rocCurve([], [])).toBeNull();
});
