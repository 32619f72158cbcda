import { expect, test } from 'vitest';
import { findMistakes } from './find-mistakes.ts';

test('wrong answers come with label and answer, the surest first', () => {
  const answers = {
    paths: ['right.jpg', 'unsure.jpg', 'sure.jpg'],
    truth: Int32Array.from([0, 0, 1]),
    probabilities: Float32Array.from([0.75, 0.25, 0.375, 0.625, 1, 0]),
  };
  expect(findMistakes(answers, ['beach', 'city'])).toEqual([
    { path: 'sure.jpg', label: 'city', predicted: 'beach', probability: 1 },
    { path: 'unsure.jpg', label: 'beach', predicted: 'city', probability: 0.625 },
  ]);
});
