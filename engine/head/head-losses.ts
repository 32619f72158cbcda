import { tf } from '../tensorflow/index.ts';
import type { FeatureBlocks } from './feature-blocks.ts';
import type { Evaluation } from './minimize.ts';
import { logSumExp } from './softmax.ts';

/** A head whose loss is asked for. */
export interface JudgedHead {
  /** Kernel `[size, classes]` and bias `[classes]` in one. */
  readonly point: Float64Array;
  /** How much each photo counts, `[photos]`: 0 for one that this head doesn't learn from, 1 in all. */
  readonly shares: Float32Array;
}

export interface Labelled {
  /** Class index of each photo. */
  readonly labels: Int32Array;
  readonly classes: number;
  readonly labelSmoothing: number;
}

interface Loss<Head> {
  readonly head: Head;
  readonly gradient: Float64Array;
  value: number;
  /** Column of its first class among those of all heads. */
  readonly first: number;
}

/**
 * Of each head the weighted cross-entropy on the features, and its gradient by the head: one look at the features and two
 * matrix products serve all heads together. Neither product transposes anything, which would take several times as long.
 */
export function lossesOf<Head extends JudgedHead>(
  blocks: FeatureBlocks,
  heads: readonly Head[],
  labelled: Labelled,
): (Evaluation & { readonly head: Head })[] {
  const { classes } = labelled;
  const losses = heads.map((head, which): Loss<Head> => {
    return { head, gradient: new Float64Array(head.point.length), value: 0, first: which * classes };
  });
  const width = heads.length * classes;
  const kernels = kernelsOf(losses, classes, width);
  for (const { from, features } of blocks) {
    const photos = features.shape[0];
    const scores = valuesOf(tf.matMul(features, kernels));
    const residuals = new Float32Array(scores.length);
    for (const loss of losses) addResiduals(residuals, loss, { ...labelled, scores, photos, from });
    const slopes = valuesOf(tf.tidy(() => tf.matMul(tf.tensor2d(residuals, [width, photos]), features)));
    for (const loss of losses) addSlopes(loss, slopes, classes);
  }
  kernels.dispose();
  return losses;
}

/** The kernels of all heads, `[size, heads · classes]`. */
function kernelsOf(losses: readonly Loss<JudgedHead>[], classes: number, width: number): tf.Tensor2D {
  const size = (losses[0]?.gradient.length ?? 0) / classes - 1;
  const kernels = new Float32Array(size * width);
  for (const { head, first } of losses)
    for (let j = 0; j < size; j++)
      for (let k = 0; k < classes; k++) kernels[j * width + first + k] = head.point[j * classes + k] ?? 0;
  return tf.tensor2d(kernels, [size, width]);
}

/**
 * Adds a head's loss on a block of photos, of which `from` is the first, and its gradient by the bias. That by the logits goes
 * to `residuals`, `[heads · classes, photos]`; `scores`, `[photos, heads · classes]`, are logits without the bias.
 */
function addResiduals(
  residuals: Float32Array,
  loss: Loss<JudgedHead>,
  {
    scores,
    photos,
    from,
    labels,
    classes,
    labelSmoothing,
  }: Labelled & { scores: Float32Array; photos: number; from: number },
): void {
  const { gradient, first, head } = loss;
  const [width, bias] = [scores.length / photos, gradient.length - classes];
  const logits = new Float64Array(classes);
  for (let photo = 0; photo < photos; photo++) {
    const share = head.shares[from + photo] ?? 0;
    if (share === 0) continue;
    for (let k = 0; k < classes; k++)
      logits[k] = (scores[photo * width + first + k] ?? 0) + (head.point[bias + k] ?? 0);
    const logSum = logSumExp(logits);
    for (let k = 0; k < classes; k++) {
      const logProbability = (logits[k] ?? 0) - logSum;
      const target = labelSmoothing / classes + (labels[from + photo] === k ? 1 - labelSmoothing : 0);
      const residual = share * (Math.exp(logProbability) - target);
      loss.value -= share * target * logProbability;
      residuals[(first + k) * photos + photo] = residual;
      gradient[bias + k] = (gradient[bias + k] ?? 0) + residual;
    }
  }
}

/** Adds to a head's gradient its part of `slopes`, `[heads · classes, size]`. */
function addSlopes({ gradient, first }: Loss<JudgedHead>, slopes: Float32Array, classes: number): void {
  const size = gradient.length / classes - 1;
  for (let j = 0; j < size; j++)
    for (let k = 0; k < classes; k++) {
      const at = j * classes + k;
      gradient[at] = (gradient[at] ?? 0) + (slopes[(first + k) * size + j] ?? 0);
    }
}

/** What a tensor holds; it is disposed. (What leaves a tidy is searched for tensors, number by number: hence not there.) */
function valuesOf(tensor: tf.Tensor): Float32Array {
  const values = tensor.dataSync<'float32'>();
  tensor.dispose();
  return values;
}
