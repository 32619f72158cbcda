import type { Embeddings } from './embeddings.ts';
import { FeatureBlocks } from './feature-blocks.ts';
import { lossesOf } from './head-losses.ts';
import type { HeadWeights } from './head.ts';
import { minimizeAll, type Evaluation } from './minimize.ts';
import {
  fromHead,
  relativeTo,
  standardised,
  standardisedGradient,
  statisticsOf,
  toHead,
  unstandardised,
  type Statistics,
} from './standardization.ts';
import { weightsOf } from './targets.ts';

/** How a head is fitted. */
export interface HeadRecipe {
  readonly classes: number;
  /** L2 penalty on the weights of standardised embeddings: `penalty / 2 · ‖W‖²` beside the mean loss. */
  readonly penalty: number;
  readonly labelSmoothing: number;
  readonly classWeights: boolean;
  /** Where to begin: saves time. The optimum is the same; probabilities differ by less than 1e-3. */
  readonly start?: HeadWeights;
  /** Ends when no component of the gradient is larger. By default no answer changes any more, and probabilities by less than 1e-3. */
  readonly tolerance?: number;
}

export interface HeadInput extends HeadRecipe {
  readonly embeddings: Embeddings;
  /** Class index of each photo. */
  readonly labels: Int32Array;
}

/** Of the loss, computed from float32 logits. */
const precision = 1e-7;
/** Weights of the heads that are fitted side by side: of each, the search remembers some forty. */
const weightsAtOnce = 100_000;

/**
 * Softmax regression on embeddings, trained to its optimum on standardised features, the standardisation folded into the
 * weights that are given back. The same input gives the same weights. TensorFlow does the matrix products. Throws the
 * signal's reason, and NOT_READABLE for a damaged embedding.
 */
export async function fitHead(input: HeadInput, signal?: AbortSignal): Promise<HeadWeights> {
  const { all } = statisticsOf(input.embeddings, null);
  const [head] = await fitHeads(input, all, [{ statistics: all, shares: sharesOf(input) }], signal);
  if (!head) throw new RangeError('no head was fitted');
  return head;
}

/**
 * A head for each fold, fitted on the photos of the others as `fitHead` would be on these; but one look at the embeddings
 * serves several heads. `foldOf` has the fold of each photo, 0 and up.
 */
export async function fitHeadOfEachFold(
  input: HeadInput & { foldOf: Int32Array },
  signal?: AbortSignal,
): Promise<HeadWeights[]> {
  const { embeddings, foldOf, classes } = input;
  const { all, without } = statisticsOf(embeddings, foldOf);
  const fits = without.map((statistics, fold) => ({ statistics, shares: sharesOf(input, { foldOf, fold }) }));
  const atOnce = Math.max(1, Math.floor(weightsAtOnce / ((embeddings.size + 1) * classes)));
  const heads: HeadWeights[] = [];
  for (let from = 0; from < fits.length; from += atOnce)
    heads.push(...(await fitHeads(input, all, fits.slice(from, from + atOnce), signal)));
  return heads;
}

/** One head to be fitted: statistics of the photos that it learns from, and how much each photo counts, 1 in all. */
interface Fit {
  readonly statistics: Statistics;
  readonly shares: Float32Array;
}

/** Features are standardised by `all` once and for all heads; the search for each is in its own standardised terms. */
async function fitHeads(
  input: HeadInput,
  all: Statistics,
  fits: readonly Fit[],
  signal?: AbortSignal,
): Promise<HeadWeights[]> {
  const { embeddings, classes, penalty, start, tolerance = 3e-6 } = input;
  const nought = new Float64Array((embeddings.size + 1) * classes);
  using blocks = new FeatureBlocks(embeddings, all);
  const optima = await minimizeAll(
    (asked) => {
      const heads = asked.map(({ of, point }) => ({
        ...of,
        at: point,
        point: unstandardised(point, of.own),
      }));
      return lossesOf(blocks, heads, input).map(({ head: { own, at }, value, gradient }) =>
        penalised(
          { value, gradient: standardisedGradient(gradient, own) },
          at.subarray(0, -classes),
          penalty,
        ),
      );
    },
    fits.map((fit) => ({
      of: { ...fit, own: relativeTo(all, fit.statistics) },
      point: start ? standardised(fromHead(start), fit.statistics) : nought,
    })),
    { precision, tolerance, curvatures: curvaturesOf(embeddings.size, classes) },
    signal,
  );
  return optima.map(({ of, point }) => toHead(unstandardised(point, of.statistics), embeddings.size));
}

/**
 * What the loss curves by each parameter, about: by the weights mostly as their penalty does, by the bias, which has none, as
 * little as photos that are told apart well leave of it. The search takes half as many steps for it, or fewer.
 */
function curvaturesOf(size: number, classes: number): Float64Array {
  return new Float64Array((size + 1) * classes).fill(1).fill(0.02, size * classes);
}

/** The loss with the penalty on `weights`, the first of the parameters. The gradient is changed in its place. */
function penalised({ value, gradient }: Evaluation, weights: Float64Array, penalty: number): Evaluation {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    sum += weight * weight;
    gradient[i] = (gradient[i] ?? 0) + penalty * weight;
  }
  return { value: value + (penalty / 2) * sum, gradient };
}

/** What part each photo has in the mean loss, `[photos]`: none for photos of the fold that is left out. */
function sharesOf(
  { labels, classes, classWeights }: HeadInput,
  leftOut?: { foldOf: Int32Array; fold: number },
): Float32Array {
  const known = [...labels.keys()].filter((i) => !leftOut || leftOut.foldOf[i] !== leftOut.fold);
  const weights = weightsOf(
    Int32Array.from(known, (i) => labels[i] ?? 0),
    classes,
    classWeights,
  );
  const shares = new Float32Array(labels.length);
  known.forEach((i, at) => (shares[i] = (weights[at] ?? 0) / known.length));
  return shares;
}
