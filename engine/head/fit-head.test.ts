import { beforeAll, describe, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { embeddingsIn } from './embeddings.ts';
import { fitHead, fitHeadOfEachFold, type HeadInput } from './fit-head.ts';
import type { HeadWeights } from './head.ts';

beforeAll(() => startRuntime());

const [photos, size, classes] = [40, 3, 3];
const values = Float32Array.from({ length: photos * size }, (_, at) => {
  const [i, j] = [Math.floor(at / size), at % size];
  return Math.sin(1.7 * i + 2.3 * j) * (j + 1) + (j === 0 ? (i % 3) * 0.6 : 0);
});
const input: HeadInput = {
  embeddings: embeddingsIn(values, size),
  labels: Int32Array.from({ length: photos }, (_, i) => (i % 5 === 0 ? 0 : i % 3)),
  classes,
  penalty: 0.05,
  labelSmoothing: 0,
  classWeights: false,
};

/** Input of some of the photos, by their places, in that order. */
function of(places: readonly number[]): Pick<HeadInput, 'embeddings' | 'labels'> {
  const rows = places.flatMap((place) => [...values.subarray(place * size, (place + 1) * size)]);
  const labels = Int32Array.from(places, (place) => input.labels[place] ?? 0);
  return { embeddings: embeddingsIn(Float32Array.from(rows), size), labels };
}

function probabilities({ kernel, bias }: HeadWeights, embedding: Float32Array): number[] {
  const logits = [...bias].map((b, k) =>
    embedding.reduce((sum, value, j) => sum + value * (kernel[j * bias.length + k] ?? 0), b),
  );
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits.map((logit) => Math.exp(logit) / sum);
}

function expectClose(got: number[], expected: number[], digits: number): void {
  expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, digits));
}

describe('fitHead', () => {
  // LogisticRegression(C = 1 / (penalty · photos), tol = 1e-10) of scikit-learn 1.9.1 on the features less their means,
  // divided by the root mean square of what is left.
  test('is the logistic regression that scikit-learn finds', async () => {
    const head = await fitHead(input);
    expectClose(probabilities(head, values.subarray(0, 3)), [0.491341, 0.303715, 0.204944], 4);
    expectClose(probabilities(head, values.subarray(3, 6)), [0.343964, 0.394928, 0.261108], 4);
    expectClose([...head.kernel], [-0.67748, 0.07437, 0.60311, -0.21316, -0.1755, 0.38865], 3);
  });

  test('weighs classes as scikit-learn does', async () => {
    const head = await fitHead({ ...input, classWeights: true });
    expectClose(probabilities(head, values.subarray(0, 3)), [0.372511, 0.384341, 0.243147], 4);
  });

  // StandardScaler and LogisticRegression.
  test('of features that were each standardised before, it is what scikit-learn finds too', async () => {
    const scaled = values.map((value, at) => {
      const column = values.filter((_, other) => other % size === at % size);
      const mean = column.reduce((sum, each) => sum + each, 0) / photos;
      return (value - mean) / Math.sqrt(column.reduce((sum, each) => sum + (each - mean) ** 2, 0) / photos);
    });
    const head = await fitHead({ ...input, embeddings: embeddingsIn(scaled, size) });
    expectClose(probabilities(head, scaled.subarray(0, 3)), [0.545509, 0.291506, 0.162985], 4);
    expectClose(probabilities(head, scaled.subarray(3, 6)), [0.313707, 0.412491, 0.273803], 4);
  });

  test('what hardly changes among few photos says little of the next one', async () => {
    const two = Float32Array.of(1, 0.001, -1, -0.001);
    const labels = Int32Array.of(0, 1);
    const head = await fitHead({ ...input, embeddings: embeddingsIn(two, 2), labels, classes: 2 });
    const [first] = probabilities(head, Float32Array.of(1, -0.1));
    expect(first).toBeGreaterThan(0.8);
  });

  test('label smoothing keeps the probabilities of a separable set away from 0 and 1', async () => {
    const embeddings = embeddingsIn(
      Float32Array.from({ length: 8 }, (_, i) => (i < 4 ? -1 : 1)),
      1,
    );
    const labels = Int32Array.from({ length: 8 }, (_, i) => (i < 4 ? 0 : 1));
    const smoothed = { ...input, penalty: 1e-6, labelSmoothing: 0.3 };
    const head = await fitHead({ ...smoothed, embeddings, labels });
    // The optimum answers with the smoothed targets themselves.
    expectClose(probabilities(head, Float32Array.of(1)), [0.1, 0.8, 0.1], 3);
  });

  test('a feature that never changes has no say', async () => {
    const constant = values.map((value, at) => (at % size === 2 ? 5.1 : value));
    const { kernel } = await fitHead({ ...input, embeddings: embeddingsIn(constant, size) });
    expectClose([...kernel.subarray(2 * classes)], [0, 0, 0], 6);
    expect(Math.abs(kernel[0] ?? 0)).toBeGreaterThan(0.5);
  });

  test('more photos than stay in memory have the same optimum as each of them once', async () => {
    const times = 600;
    const places = Array.from({ length: times * photos }, (_, i) => i % photos);
    const [many, once] = [await fitHead({ ...input, ...of(places) }), await fitHead(input)];
    expectClose([...many.kernel, ...many.bias], [...once.kernel, ...once.bias], 4);
  });

  test('begun at the head of fewer photos it comes to the same optimum', async () => {
    const few = Array.from({ length: 20 }, (_, i) => i);
    const start = await fitHead({ ...input, ...of(few) });
    const [cold, warm] = [await fitHead(input), await fitHead({ ...input, start })];
    expect(Math.abs((start.kernel[0] ?? 0) - (cold.kernel[0] ?? 0))).toBeGreaterThan(0.03);
    expectClose([...warm.kernel, ...warm.bias], [...cold.kernel, ...cold.bias], 4);
  });

  test('gives the same bits again and leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    expect(await fitHead(input)).toEqual(await fitHead(input));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is broken off by its signal, and leaves no tensors behind then either', async () => {
    const before = tf.memory().numTensors;
    const reason = new Error('enough');
    await expect(fitHead(input, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('fitHeadOfEachFold', () => {
  const foldOf = Int32Array.from({ length: photos }, (_, i) => Math.floor(i / 7) % 4);
  const others = (fold: number) => [...foldOf.keys()].filter((i) => foldOf[i] !== fold);

  test.each([false, true])(
    'each is the head that the other photos alone give (class weights: %s)',
    async (classWeights) => {
      const heads = await fitHeadOfEachFold({ ...input, classWeights, foldOf });
      expect(heads).toHaveLength(4);
      for (const [fold, head] of heads.entries()) {
        const alone = await fitHead({ ...input, classWeights, ...of(others(fold)) });
        expectClose([...head.kernel, ...head.bias], [...alone.kernel, ...alone.bias], 4);
      }
    },
  );

  test('what the photos of a fold show and are called does not change the head that leaves them out', async () => {
    const [first] = await fitHeadOfEachFold({ ...input, foldOf });
    const changed = values.map((value, at) => (foldOf[Math.floor(at / size)] === 0 ? 3 * value + 1 : value));
    const labels = input.labels.map((label, i) => (foldOf[i] === 0 ? (label + 1) % 3 : label));
    const [again] = await fitHeadOfEachFold({
      ...input,
      embeddings: embeddingsIn(changed, size),
      labels,
      foldOf,
    });
    expectClose([...(again?.kernel ?? [])], [...(first?.kernel ?? [])], 4);
  });
});
