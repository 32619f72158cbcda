import { openEmbeddings } from '../engine/training/embeddings.ts';
import { headLogits } from '../engine/training/head.ts';
import type { TrainingContext } from '../engine/training/training-context.ts';
import { fitOf } from '../engine/training/softmax.ts';
import { embeddingsOf } from '../engine/training/training-features.ts';
import { Tally, type Fold } from './folds.ts';

const penalties = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

/**
 * The opponent: logistic regression on standardised embeddings of the plain photos (a test holds `fitHead` to
 * scikit-learn's), with the L2 penalty that turns out best on the judged folds themselves. No user could choose it so well.
 */
export class LogisticRegression {
  readonly #tallies = penalties.map(() => new Tally());

  /** Trains on a fold with every penalty, and counts the right answers. */
  async add(context: TrainingContext, { train, test }: Fold): Promise<void> {
    const [known, asked] = [embeddingsOf(context, train, 1), embeddingsOf(context, test, 1)];
    using embeddings = openEmbeddings(asked.embeddings);
    const plain = { ...known, classes: context.classes, labelSmoothing: 0, classWeights: false };
    for (const [i, penalty] of penalties.entries()) {
      const head = await context.compute.call('fitHead', { ...plain, penalty });
      const { accuracy } = fitOf(headLogits(head, embeddings), asked.labels);
      this.#tallies[i]?.add(accuracy, asked.labels.length);
    }
  }

  /** Accuracy over all folds so far. */
  get percent(): number {
    return Math.max(...this.#tallies.map(({ percent }) => percent));
  }
}
