import type { LabSettings } from '../../contract/index.ts';
import { randomFor, shuffled } from '../random.ts';
import { taken, type LabSets } from './lab-sets.ts';
import type { Mnist } from './read-mnist.ts';

/**
 * Sets a share of the 60,000 digits aside, in an order that follows from the seed, and learns from the others or as many of them
 * as the limit says. The 10,000 of the test set stay what they are.
 */
export function splitMnist(
  { train, test }: Mnist,
  { validation, limit, seed }: Pick<LabSettings, 'validation' | 'limit' | 'seed'>,
): LabSets {
  const order = shuffled(train.labels.length, randomFor(seed, 'validation'));
  const watched = Math.round(validation * order.length);
  const learned = order.subarray(watched, limit === null ? order.length : watched + limit);
  return {
    name: 'MNIST',
    train: taken(train, learned),
    validation: watched === 0 ? null : taken(train, order.subarray(0, watched)),
    test,
  };
}
