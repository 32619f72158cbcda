import type { DigitExperiment } from './experiment.ts';

const layers =
  'conv 16 3x3 same relu, pool max 2x2, conv 32 3x3 same relu, pool max 2x2, dense 64 relu, dense 10';

/** Up to two pixels of 28 in either direction, ten degrees and a tenth of the size: a digit stays the digit that it is. */
const variation = { shift: 2 / 28, rotate: 10, zoom: 0.1, lean: 0, bend: 0, mirror: false };

/**
 * What is augmentation worth? The same network learns from the same digits as they are, or a little moved, turned and zoomed,
 * otherwise in every epoch. The fewer digits there are, the more it should matter.
 */
export const augmentation: DigitExperiment = {
  id: 'augmentation',
  axis: 'training-digits',
  quick: { values: [300, 1000, 3000], digits: 3000, steps: 1000 },
  full: { values: [300, 1000, 3000, 10_000, 60_000], digits: 60_000, steps: 9375 },
  arms: [
    { id: 'as-they-are', layers },
    { id: 'augmented', layers, variation },
  ],
  questions: [
    { arm: 'augmented', against: 'as-they-are', at: [300] },
    { arm: 'augmented', against: 'as-they-are', at: [3000] },
  ],
  typicalSeconds: 50,
};
