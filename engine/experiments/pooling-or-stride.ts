import { byTrainingDigits, smallNetwork, type DigitExperiment } from './experiment.ts';

/**
 * Max pooling or a stride? Both halve height and width, with the same parameters. The stride computes a quarter of the places
 * of its map; pooling computes all and keeps the strongest of four, wherever it stands.
 */
export const poolingOrStride: DigitExperiment = {
  id: 'pooling-or-stride',
  ...byTrainingDigits,
  arms: [
    { id: 'stride', layers: 'conv 16 3x3/2 same relu, conv 32 3x3/2 same relu, dense 64 relu, dense 10' },
    { id: 'max-pooling', layers: smallNetwork },
  ],
  questions: [{ arm: 'max-pooling', against: 'stride' }],
  typicalSeconds: 40,
};
