import { beforeAll, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { Optimizer } from './optimizer.ts';

beforeAll(() => startRuntime());

/** Minimises (w - 3)² from w = 1 for three steps and gives the weight after each. */
function threeSteps(settings: ConstructorParameters<typeof Optimizer>[1]): number[] {
  const variable = tf.tidy(() => tf.variable(tf.scalar(1)));
  using optimizer = new Optimizer(new Map([['w', { variable, decays: true }]]), settings);
  const weights = [0, 1, 2].map((step) => {
    const gradient = tf.scalar(2 * ((variable.dataSync()[0] ?? NaN) - 3));
    optimizer.apply(new Map([['w', gradient]]), 0.1, step);
    gradient.dispose();
    return variable.dataSync()[0] ?? NaN;
  });
  variable.dispose();
  return weights;
}

test('Adam follows the published update rule, decay beside the gradient', () => {
  let [w, m, v] = [1, 0, 0];
  const expected = [1, 2, 3].map((t) => {
    const g = 2 * (w - 3);
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    w -= 0.1 * (m / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-7) + 0.5 * w);
    return w;
  });
  const got = threeSteps({ optimizer: 'adam', momentum: 0, weightDecay: 0.5 });
  got.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 5));
});

test('SGD adds up momentum', () => {
  // By hand: g = -4, w = 1.4; b = 0.9 * -4 - 3.2 = -6.8, w = 2.08; b = 0.9 * -6.8 - 1.84 = -7.96, w = 2.876.
  const got = threeSteps({ optimizer: 'sgd', momentum: 0.9, weightDecay: 0 });
  [1.4, 2.08, 2.876].forEach((value, i) => expect(got[i]).toBeCloseTo(value, 5));
});

test('leaves no tensors behind', () => {
  const before = tf.memory().numTensors;
  threeSteps({ optimizer: 'adam', momentum: 0, weightDecay: 0.1 });
  expect(tf.memory().numTensors).toBe(before);
});
