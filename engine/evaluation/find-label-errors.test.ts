import { expect, test } from 'vitest';
import { findLabelErrors } from './find-label-errors.ts';

const found = (labels: number[], ...rows: number[][]) =>
  findLabelErrors(Float32Array.from(rows.flat()), Int32Array.from(labels), rows[0]?.length ?? 0);

test('an answer as sure as that label usually gets makes a suspect, a less sure one a hard photo', () => {
  // Label 1 is given (0.6 + 0.8 + 0.1) / 3 = 0.5 on average; label 0 (0.9 + 0.45 + 0.4) / 3 = 0.58.
  const doubts = found([0, 0, 0, 1, 1, 1], [0.9, 0.1], [0.45, 0.55], [0.4, 0.6], [0.4, 0.6], [0.2, 0.8], [0.9, 0.1]); // prettier-ignore
  expect(doubts.map(({ photo, suspect }) => [photo, suspect])).toEqual([[5, true], [2, true], [1, true]]); // prettier-ignore
  const [timid] = found([0, 0, 1, 1], [0.9, 0.1], [0.45, 0.55], [0.1, 0.9], [0.1, 0.9]);
  expect(timid).toMatchObject({ photo: 1, predicted: 1, suspect: false });
});

test('suspects come first, then the widest margin', () => {
  const doubts = found(
    [0, 0, 0, 1, 1, 2],
    [0.8, 0.1, 0.1],
    [0.35, 0.6, 0.05],
    [0.05, 0.55, 0.4],
    [0.1, 0.9, 0],
    [0.2, 0.7, 0.1],
    [0.5, 0.2, 0.3],
  );
  expect(doubts.map(({ photo, suspect }) => [photo, suspect])).toEqual([[5, true], [2, false], [1, false]]); // prettier-ignore
});

test('right answers are no doubts, and a label that no photo has makes no suspect', () => {
  expect(found([0, 1], [0.9, 0.1], [0.2, 0.8])).toEqual([]);
  expect(found([0, 0], [0.1, 0.9], [0.8, 0.2])).toMatchObject([{ photo: 0, suspect: false }]);
});

test('where a label is always answered very surely, nine in ten are enough to contradict another', () => {
  const sure = new Array<number[]>(9).fill([0.99, 0.01]);
  const labels = [...new Array<number>(9).fill(0), 1, 1];
  const doubts = found(labels, ...sure, [0.95, 0.05], [0.85, 0.15]);
  expect(doubts.map(({ photo, suspect }) => [photo, suspect])).toEqual([[9, true], [10, false]]); // prettier-ignore
});
