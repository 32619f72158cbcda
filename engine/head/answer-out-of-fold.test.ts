import { beforeAll, expect, test } from 'vitest';
import { randomFor } from '../random.ts';
import { startRuntime } from '../tensorflow/index.ts';
import { answerOutOfFold } from './answer-out-of-fold.ts';
import { embeddingsIn } from './embeddings.ts';

beforeAll(() => startRuntime());

const size = 8;
const how = { classes: 3, penalty: 0.01, labelSmoothing: 0, classWeights: false };

/** Photos of three labels, each a cloud of its own; five folds. */
async function answer(truth: readonly number[], labels = truth) {
  const random = randomFor('clouds', 1);
  const embeddings = Float32Array.from(
    truth.flatMap((label) => Array.from({ length: size }, (_, j) => (j % 3 === label ? 2 : 0) + random())),
  );
  const foldOf = Int32Array.from(truth, (_, i) => i % 5);
  return answerOutOfFold({
    ...how,
    embeddings: embeddingsIn(embeddings, size),
    labels: Int32Array.from(labels),
    foldOf,
  });
}
const clouds = (...counts: number[]) => counts.flatMap((n, label) => new Array<number>(n).fill(label));

test('a photo with a wrong label is answered by what it shows: its own label was not learned', async () => {
  const truth = clouds(10, 10, 10);
  const labels = truth.with(3, 2);
  const { answered, probabilities } = await answer(truth, labels);
  const row = answered.indexOf(3) * 3;
  const [own = 0, , given = 0] = probabilities.subarray(row, row + 3);
  expect(own).toBeGreaterThan(0.6);
  expect(given).toBeLessThan(0.3);
});

test('answers are probabilities of all photos', async () => {
  const { answered, probabilities } = await answer(clouds(10, 10, 10));
  expect(answered.toSorted()).toEqual(Int32Array.from({ length: 30 }, (_, i) => i));
  for (let at = 0; at < probabilities.length; at += 3)
    expect(probabilities.subarray(at, at + 3).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
});

test('photos whose label has too few others to learn from are not answered', async () => {
  const { answered } = await answer(clouds(10, 10, 3));
  expect(answered.toSorted()).toEqual(Int32Array.from({ length: 20 }, (_, i) => i));
});
