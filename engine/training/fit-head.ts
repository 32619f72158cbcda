import { tf } from '../tensorflow/index.ts';
import type { HeadWeights } from './head.ts';
import { minimize } from './minimize.ts';
import { logSoftmax } from './softmax.ts';
import { targetsOf, type Targets } from './targets.ts';

export interface HeadInput {
  /** `[photos, size]` float32. */
  readonly embeddings: Float32Array;
  readonly size: number;
  /** Class index of each photo. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** L2 penalty on the weights of standardised embeddings: `penalty / 2 · ‖W‖²` beside the mean loss. */
  readonly penalty: number;
  readonly labelSmoothing: number;
  readonly classWeights: boolean;
}

/**
 * Softmax regression on embeddings, trained to its optimum on standardised features, the standardisation folded into the
 * weights that are given back. The same input gives the same weights. TensorFlow does the matrix products.
 */
export function fitHead(input: HeadInput): HeadWeights {
  const { embeddings, size, labels, classes, penalty } = input;
  const { means, deviations } = statisticsOf(embeddings, size);
  const targets = targetsOf(labels, classes, input);
  const features = tf.tidy(() =>
    tf.tensor2d(embeddings, [labels.length, size]).sub(means).div<tf.Tensor2D>(deviations),
  );
  try {
    const optimum = minimize(
      (point) => {
        const [kernel, bias] = [point.subarray(0, size * classes), point.subarray(size * classes)];
        const logits = product(features, Float32Array.from(kernel), [size, classes]);
        const { loss, residuals } = softmaxLoss(logits, bias, targets);
        const gradient = new Float64Array(point.length);
        gradient.set(product(features, residuals, [labels.length, classes], true));
        residuals.forEach((residual, i) => {
          const at = kernel.length + (i % classes);
          gradient[at] = (gradient[at] ?? 0) + residual;
        });
        let value = loss;
        kernel.forEach((weight, i) => {
          value += (penalty / 2) * weight * weight;
          gradient[i] = (gradient[i] ?? 0) + penalty * weight;
        });
        return { value, gradient };
      },
      new Float64Array((size + 1) * classes),
    );
    return unstandardised(optimum, means, deviations, classes);
  } finally {
    features.dispose();
  }
}

/** Mean and standard deviation of each feature; 1 for a feature that never changes. */
function statisticsOf(rows: Float32Array, size: number): { means: Float32Array; deviations: Float32Array } {
  const count = rows.length / size;
  const sums = new Float64Array(size);
  rows.forEach((value, i) => (sums[i % size] = (sums[i % size] ?? 0) + value));
  const means = Float32Array.from(sums, (sum) => sum / count);
  const squares = new Float64Array(size);
  rows.forEach((value, i) => {
    const distance = value - (means[i % size] ?? 0);
    squares[i % size] = (squares[i % size] ?? 0) + distance * distance;
  });
  return { means, deviations: Float32Array.from(squares, (square) => Math.sqrt(square / count) || 1) };
}

function product(
  features: tf.Tensor2D,
  other: Float32Array,
  shape: [number, number],
  transposed = false,
): Float32Array {
  const result = tf.tidy(() => tf.matMul(features, tf.tensor2d(other, shape), transposed));
  // Not inside: what leaves a tidy is searched for tensors, number by number.
  const values = result.dataSync<'float32'>();
  result.dispose();
  return values;
}

/** Weighted mean cross-entropy, and its gradient by the logits, `[photos, classes]`. */
function softmaxLoss(
  logits: Float32Array,
  bias: Float64Array,
  { targets, weights }: Targets,
): { loss: number; residuals: Float32Array } {
  const classes = bias.length;
  const residuals = new Float32Array(logits.length);
  let loss = 0;
  for (let photo = 0; photo < weights.length; photo++) {
    const at = photo * classes;
    const share = (weights[photo] ?? 0) / weights.length;
    logSoftmax(bias.map((offset, k) => offset + (logits[at + k] ?? 0))).forEach((logProbability, k) => {
      const target = targets[at + k] ?? 0;
      loss -= share * target * logProbability;
      residuals[at + k] = share * (Math.exp(logProbability) - target);
    });
  }
  return { loss, residuals };
}

/** The same function of the features as they were before standardisation. */
function unstandardised(
  optimum: Float64Array,
  means: Float32Array,
  deviations: Float32Array,
  classes: number,
): HeadWeights {
  const kernel = new Float32Array(means.length * classes);
  const bias = optimum.slice(kernel.length);
  kernel.forEach((_, i) => {
    const feature = Math.floor(i / classes);
    const weight = (optimum[i] ?? 0) / (deviations[feature] ?? 1);
    kernel[i] = weight;
    bias[i % classes] = (bias[i % classes] ?? 0) - weight * (means[feature] ?? 0);
  });
  return { kernel, bias: Float32Array.from(bias) };
}
