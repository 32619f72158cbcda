import { expect, test } from 'vitest';
import type { Prediction } from '../../../../contract/index.ts';
import { toCsv, toJson } from './prediction-files.ts';

const predictions: Prediction[] = [
  {
    kind: 'prediction',
    path: '/photos/a, "b".jpg',
    predictions: [
      { className: 'fish', probability: 0.91239 },
      { className: 'tool', probability: 0.08 },
    ],
    unsure: false,
  },
];
const lastName = (path: string) => path.split('/').at(-1) ?? '';

test('a CSV has the best answer, and quotes names that need it', () => {
  expect(toCsv(predictions, lastName)).toBe('File,Label,Confidence\n"a, ""b"".jpg",fish,0.9124\n');
});

test('JSON has every answer', () => {
  expect(JSON.parse(toJson(predictions, lastName))).toEqual([
    { file: 'a, "b".jpg', unsure: false, predictions: predictions[0]?.predictions },
  ]);
});
