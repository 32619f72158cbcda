import type { DigitExperiment } from './experiment.ts';

/**
 * Max pooling or a stride? Both halve height and width, with the same parameters. The stride computes a quarter of the places
 * of its map; pooling computes all and keeps the strongest of four, wherever it stands.
 */
export const poolingOrStride: DigitExperiment = {
  id: 'pooling-or-stride',
  axis: 'training-digits',
  quick: { values: [300, 1000, 3000], digits: 3000, steps: 1000 },
  full: { values: [300, 1000, 3000, 10_000, 60_000], digits: 60_000, steps: 9375 },
  arms: [
    { id: 'stride', layers: 'conv 16 3x3/2 same relu, conv 32 3x3/2 same relu, dense 64 relu, dense 10' },
    {
      id: 'max-pooling',
      layers:
        'conv 16 3x3 same relu, pool max 2x2, conv 32 3x3 same relu, pool max 2x2, dense 64 relu, dense 10',
    },
  ],
  questions: [{ arm: 'max-pooling', against: 'stride' }],
  typicalSeconds: 40,
};
