import type { DigitExperiment } from './experiment.ts';

const body = (unit: string) =>
  [
    `conv 8 3x3 same ${unit}`,
    `conv 8 3x3/2 same ${unit}`,
    `conv 16 3x3 same ${unit}`,
    `conv 16 3x3/2 same ${unit}`,
    `conv 32 3x3 same ${unit}`,
    `conv 32 3x3/2 same ${unit}`,
    'pool global, dense 10',
  ].join(', ');

/**
 * What does batch norm allow? Six convolutions learn by plain gradient descent with momentum in few steps, at higher and higher
 * learning rates: "much higher learning rates" was the claim (Ioffe and Szegedy 2015).
 */
export const batchNorm: DigitExperiment = {
  id: 'batch-norm',
  axis: 'learning-rate',
  quick: { values: [0.03, 0.1, 0.3, 1], digits: 2000, steps: 500 },
  full: { values: [0.03, 0.1, 0.3, 1], digits: 60_000, steps: 5625 },
  arms: [
    { id: 'without-batch-norm', layers: body('relu') },
    { id: 'batch-norm', layers: body('nobias, norm, relu') },
  ],
  questions: [
    { arm: 'batch-norm', against: 'without-batch-norm', at: [0.1] },
    { arm: 'batch-norm', against: 'without-batch-norm', at: [1] },
  ],
  settings: { optimizer: 'sgd' },
  typicalSeconds: 60,
};
