import type { DigitExperiment } from './experiment.ts';

/**
 * Why convolutions and not dense layers? Two networks of 99 thousand parameters learn from the same digits and are then asked
 * about digits that stand where none stood: a kernel knows in every place what it learned in one, a dense layer does not.
 */
export const denseOrConvolutional: DigitExperiment = {
  id: 'dense-or-convolutional',
  axis: 'pixels-moved',
  quick: { values: [0, 1, 2, 3, 4], digits: 6000, steps: 2000 },
  full: { values: [0, 1, 2, 3, 4], digits: 60_000, steps: 18_750 },
  arms: [
    { id: 'dense', layers: 'dense 125 relu, dense 10' },
    {
      id: 'convolutional',
      layers:
        'conv 16 5x5 same relu, pool max 2x2, conv 32 5x5 same relu, pool max 2x2, dense 54 relu, dense 10',
    },
  ],
  questions: [
    { arm: 'convolutional', against: 'dense', at: [0] },
    { arm: 'convolutional', against: 'dense', at: [4] },
  ],
  typicalSeconds: 30,
};
