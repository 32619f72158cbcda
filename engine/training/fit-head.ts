import { tf } from '../tensorflow/index.ts';
import type { HeadWeights } from './head.ts';
import { minimize } from './minimize.ts';
import { logSumExp } from './softmax.ts';
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
  /** Where to begin: saves time. The optimum is the same; probabilities differ by less than 1e-4. */
  readonly start?: HeadWeights;
  /** Ends when no component of the gradient is larger. */
  readonly tolerance?: number;
}

/** Photos whose features are one matrix: bounds what is copied at a time. */
const blockPhotos = 4096;
/** Of the loss, computed from float32 logits. */
const precision = 1e-7;

/**
 * Softmax regression on embeddings, trained to its optimum on standardised features, the standardisation folded into the
 * weights that are given back. The same input gives the same weights. TensorFlow does the matrix products.
 */
export function fitHead(input: HeadInput): HeadWeights {
  const { embeddings, size, labels, classes, penalty, start, tolerance = 1e-6 } = input;
  const statistics = statisticsOf(embeddings, size);
  const targets = targetsOf(labels, classes, input);
  const blocks = standardised(embeddings, statistics);
  try {
    const optimum = minimize(
      (point) => {
        const kernel = point.subarray(0, size * classes);
        const gradient = new Float64Array(point.length);
        let value = addLoss(gradient, point, blocks, targets);
        kernel.forEach((weight, i) => {
          value += (penalty / 2) * weight * weight;
          gradient[i] = (gradient[i] ?? 0) + penalty * weight;
        });
        return { value, gradient };
      },
      start ? fromHead(start, statistics) : new Float64Array((size + 1) * classes),
      { precision, tolerance },
    );
    return toHead(optimum, statistics, classes);
  } finally {
    tf.dispose(blocks);
  }
}

/** Of each feature, `[size]`; the deviation is 1 for a feature that never changes. */
interface Statistics {
  readonly means: Float32Array;
  readonly deviations: Float32Array;
}

function statisticsOf(rows: Float32Array, size: number): Statistics {
  const count = rows.length / size;
  const [sums, squares] = [new Float64Array(size), new Float64Array(size)];
  for (let at = 0; at < rows.length; at += size)
    for (let j = 0; j < size; j++) sums[j] = (sums[j] ?? 0) + (rows[at + j] ?? 0);
  const means = Float32Array.from(sums, (sum) => sum / count);
  for (let at = 0; at < rows.length; at += size)
    for (let j = 0; j < size; j++) {
      const distance = (rows[at + j] ?? 0) - (means[j] ?? 0);
      squares[j] = (squares[j] ?? 0) + distance * distance;
    }
  return { means, deviations: Float32Array.from(squares, (square) => Math.sqrt(square / count) || 1) };
}

/**
 * Standardised features in blocks `[size, photos]`: this way round neither product of a step has to transpose them, which
 * takes twice as long natively and eight times in WASM.
 */
function standardised(rows: Float32Array, { means, deviations }: Statistics): tf.Tensor2D[] {
  const size = means.length;
  const blocks: tf.Tensor2D[] = [];
  for (let from = 0; from < rows.length; from += blockPhotos * size) {
    const some = rows.subarray(from, from + blockPhotos * size);
    const photos = some.length / size;
    const features = new Float32Array(some.length);
    for (let j = 0; j < size; j++) {
      const [mean, deviation] = [means[j] ?? 0, deviations[j] ?? 1];
      for (let photo = 0; photo < photos; photo++)
        features[j * photos + photo] = ((some[photo * size + j] ?? 0) - mean) / deviation;
    }
    blocks.push(tf.tensor2d(features, [size, photos]));
  }
  return blocks;
}

/** Weighted mean cross-entropy at `point`, kernel `[size, classes]` and bias; its gradient is added to `gradient`. */
function addLoss(
  gradient: Float64Array,
  point: Float64Array,
  blocks: readonly tf.Tensor2D[],
  targets: Targets,
): number {
  const classes = targets.targets.length / targets.weights.length;
  const end = point.length - classes;
  const kernel = tf.tidy(() =>
    tf.tensor2d(Float32Array.from(point.subarray(0, end)), [end / classes, classes]).transpose(),
  );
  let [loss, from] = [0, 0];
  for (const block of blocks) {
    const photos = block.shape[1];
    const logits = valuesOf(tf.matMul(kernel, block));
    const some = softmaxLoss(logits, point.subarray(end), targets, from);
    loss += some.loss;
    const slopes = tf.tidy(() => tf.matMul(block, tf.tensor2d(some.residuals, [photos, classes])));
    valuesOf(slopes).forEach((slope, i) => (gradient[i] = (gradient[i] ?? 0) + slope));
    some.residuals.forEach((residual, i) => {
      const at = end + (i % classes);
      gradient[at] = (gradient[at] ?? 0) + residual;
    });
    from += photos;
  }
  kernel.dispose();
  return loss;
}

/**
 * The loss of the photos from `from` on and its gradient by their logits, `[photos, classes]`, of `scores`,
 * `[classes, photos]`: logits without the bias.
 */
function softmaxLoss(
  scores: Float32Array,
  bias: Float64Array,
  { targets, weights }: Targets,
  from: number,
): { loss: number; residuals: Float32Array } {
  const classes = bias.length;
  const photos = scores.length / classes;
  const residuals = new Float32Array(scores.length);
  const logits = new Float64Array(classes);
  let loss = 0;
  for (let photo = 0; photo < photos; photo++) {
    for (let k = 0; k < classes; k++) logits[k] = (scores[k * photos + photo] ?? 0) + (bias[k] ?? 0);
    const logSum = logSumExp(logits);
    const share = (weights[from + photo] ?? 0) / weights.length;
    for (let k = 0; k < classes; k++) {
      const logProbability = (logits[k] ?? 0) - logSum;
      const target = targets[(from + photo) * classes + k] ?? 0;
      loss -= share * target * logProbability;
      residuals[photo * classes + k] = share * (Math.exp(logProbability) - target);
    }
  }
  return { loss, residuals };
}

/** What a tensor holds; it is disposed. (What leaves a tidy is searched for tensors, number by number: hence not there.) */
function valuesOf(tensor: tf.Tensor): Float32Array {
  const values = tensor.dataSync<'float32'>();
  tensor.dispose();
  return values;
}

/** The same function of the features as they were before standardisation. */
function toHead(point: Float64Array, { means, deviations }: Statistics, classes: number): HeadWeights {
  const kernel = new Float32Array(means.length * classes);
  const bias = point.slice(kernel.length);
  kernel.forEach((_, i) => {
    const feature = Math.floor(i / classes);
    const weight = (point[i] ?? 0) / (deviations[feature] ?? 1);
    kernel[i] = weight;
    bias[i % classes] = (bias[i % classes] ?? 0) - weight * (means[feature] ?? 0);
  });
  return { kernel, bias: Float32Array.from(bias) };
}

/** The inverse of `toHead`. */
function fromHead({ kernel, bias }: HeadWeights, { means, deviations }: Statistics): Float64Array {
  const classes = bias.length;
  const point = Float64Array.from([...kernel, ...bias]);
  kernel.forEach((weight, i) => {
    const feature = Math.floor(i / classes);
    point[i] = weight * (deviations[feature] ?? 1);
    const at = kernel.length + (i % classes);
    point[at] = (point[at] ?? 0) + weight * (means[feature] ?? 0);
  });
  return point;
}
