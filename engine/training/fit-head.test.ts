import { beforeAll, describe, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { fitHead, type HeadInput } from './fit-head.ts';
import type { HeadWeights } from './head.ts';

beforeAll(() => startRuntime());

const [photos, size, classes] = [40, 3, 3];
const input: HeadInput = {
  embeddings: Float32Array.from({ length: photos * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return Math.sin(1.7 * i + 2.3 * j) * (j + 1) + (j === 0 ? (i % 3) * 0.6 : 0);
  }),
  size,
  labels: Int32Array.from({ length: photos }, (_, i) => (i % 5 === 0 ? 0 : i % 3)),
  classes,
  penalty: 0.05,
  labelSmoothing: 0,
  classWeights: false,
};

function probabilities({ kernel, bias }: HeadWeights, embedding: Float32Array): number[] {
  const logits = [...bias].map((b, k) =>
    embedding.reduce((sum, value, j) => sum + value * (kernel[j * classes + k] ?? 0), b),
  );
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits.map((logit) => Math.exp(logit) / sum);
}

function expectClose(got: number[], expected: number[], digits: number): void {
  expected.forEach((value, i) => expect(got[i]).toBeCloseTo(value, digits));
}

describe('fitHead', () => {
  // StandardScaler and LogisticRegression(C = 1 / (penalty · photos), tol = 1e-10) of scikit-learn 1.9.1.
  test('is the logistic regression that scikit-learn finds', () => {
    const head = fitHead(input);
    expectClose(probabilities(head, input.embeddings.subarray(0, 3)), [0.545509, 0.291506, 0.162985], 4);
    expectClose(probabilities(head, input.embeddings.subarray(3, 6)), [0.313707, 0.412491, 0.273803], 4);
    expectClose([...head.kernel], [-1.06883, 0.09078, 0.97805, -0.41032, -0.15618, 0.56649], 3);
  });

  test('weighs classes as scikit-learn does', () => {
    const head = fitHead({ ...input, classWeights: true });
    expectClose(probabilities(head, input.embeddings.subarray(0, 3)), [0.434995, 0.380786, 0.184219], 4);
  });

  test('label smoothing keeps the probabilities of a separable set away from 0 and 1', () => {
    const separable = { ...input, embeddings: Float32Array.from({ length: 8 }, (_, i) => (i < 4 ? -1 : 1)) };
    const labels = Int32Array.from({ length: 8 }, (_, i) => (i < 4 ? 0 : 1));
    const head = fitHead({ ...separable, size: 1, labels, classes: 3, penalty: 1e-6, labelSmoothing: 0.3 });
    // The optimum answers with the smoothed targets themselves.
    expectClose(probabilities(head, Float32Array.of(1)), [0.1, 0.8, 0.1], 3);
  });

  test('a feature that never changes does no harm', () => {
    const embeddings = Float32Array.from(input.embeddings, (value, at) => (at % size === 2 ? 5 : value));
    expect(fitHead({ ...input, embeddings }).kernel.every(Number.isFinite)).toBe(true);
  });

  test('every photo a hundred times over has the same optimum', () => {
    const times = 110;
    const embeddings = new Float32Array(times * input.embeddings.length);
    const labels = new Int32Array(times * photos);
    for (let i = 0; i < times; i++) {
      embeddings.set(input.embeddings, i * input.embeddings.length);
      labels.set(input.labels, i * photos);
    }
    expectClose([...fitHead({ ...input, embeddings, labels }).kernel], [...fitHead(input).kernel], 4);
  });

  test('begun at the head of fewer photos it comes to the same optimum', () => {
    const few = { embeddings: input.embeddings.subarray(0, 20 * size), labels: input.labels.subarray(0, 20) };
    const start = fitHead({ ...input, ...few });
    const [cold, warm] = [fitHead(input), fitHead({ ...input, start })];
    expect(Math.abs((start.kernel[0] ?? 0) - (cold.kernel[0] ?? 0))).toBeGreaterThan(0.05);
    expectClose([...warm.kernel, ...warm.bias], [...cold.kernel, ...cold.bias], 4);
  });

  test('gives the same bits again and leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    expect(fitHead(input)).toEqual(fitHead(input));
    expect(tf.memory().numTensors).toBe(before);
  });
});
