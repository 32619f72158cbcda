import { embeddingsIn, openEmbeddings, type Embeddings } from '../engine/head/embeddings.ts';
import { fitHead } from '../engine/head/fit-head.ts';
import { headLogits } from '../engine/head/head.ts';
import { fitOf } from '../engine/head/softmax.ts';
import type { TrainingContext } from '../engine/training/training-context.ts';
import { embeddingsOf } from '../engine/training/training-features.ts';
import { Tally, type Fold } from './folds.ts';

const penalties = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

/**
 * The opponent: logistic regression as one would write it with scikit-learn (a test holds `fitHead` to it), on embeddings of the
 * plain photos with each feature standardised by itself, with the L2 penalty that turns out best on the judged folds
 * themselves. No user could choose it so well.
 */
export class LogisticRegression {
  readonly #tallies = penalties.map(() => new Tally());

  /** Trains on a fold with every penalty, and counts the right answers. */
  async add(context: TrainingContext, { train, test }: Fold): Promise<void> {
    const [known, asked] = [embeddingsOf(context, train, 1), embeddingsOf(context, test, 1)];
    using knownRows = openEmbeddings(known.embeddings);
    using askedRows = openEmbeddings(asked.embeddings);
    const rows = valuesOf(knownRows);
    const standardise = standardScaler(rows, knownRows.size);
    const [embeddings, others] = [standardise(rows), standardise(valuesOf(askedRows))];
    const plain = { labels: known.labels, classes: context.classes, labelSmoothing: 0, classWeights: false };
    for (const [i, penalty] of penalties.entries()) {
      const head = await fitHead({ ...plain, embeddings, penalty });
      const { accuracy } = fitOf(headLogits(head, others), asked.labels);
      this.#tallies[i]?.add(accuracy, asked.labels.length);
    }
  }

  /** Accuracy over all folds so far. */
  get percent(): number {
    return Math.max(...this.#tallies.map(({ percent }) => percent));
  }
}

/** Takes each feature's mean away from rows and divides by its standard deviation, both of `rows`, `[n, size]`. */
function standardScaler(rows: Float32Array, size: number): (others: Float32Array) => Embeddings {
  const count = rows.length / size;
  const [means, deviations] = [new Float64Array(size), new Float64Array(size)];
  rows.forEach((value, at) => (means[at % size] = (means[at % size] ?? 0) + value / count));
  rows.forEach((value, at) => {
    deviations[at % size] = (deviations[at % size] ?? 0) + (value - (means[at % size] ?? 0)) ** 2 / count;
  });
  return (others) => {
    const values = others.map((value, at) => {
      const [mean, deviation] = [means[at % size] ?? 0, Math.sqrt(deviations[at % size] ?? 0)];
      return deviation > 0 ? (value - mean) / deviation : 0;
    });
    return embeddingsIn(values, size);
  };
}

function valuesOf(embeddings: Embeddings): Float32Array {
  const values = new Float32Array(embeddings.count * embeddings.size);
  embeddings.read(0, values);
  return values;
}
