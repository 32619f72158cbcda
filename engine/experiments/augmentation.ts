import { byTrainingDigits, smallNetwork, type DigitExperiment } from './experiment.ts';

/** Up to two pixels of 28 in either direction, ten degrees and a tenth of the size: a digit stays the digit that it is. */
const variation = { shift: 2 / 28, rotate: 10, zoom: 0.1, lean: 0, bend: 0, mirror: false };

/**
 * What is augmentation worth? The same network learns from the same digits as they are, or a little moved, turned and zoomed,
 * otherwise in every epoch. The fewer digits there are, the more it should matter.
 */
export const augmentation: DigitExperiment = {
  id: 'augmentation',
  ...byTrainingDigits,
  arms: [
    { id: 'as-they-are', layers: smallNetwork },
    { id: 'augmented', layers: smallNetwork, variation },
  ],
  questions: [
    { arm: 'augmented', against: 'as-they-are', at: [300] },
    { arm: 'augmented', against: 'as-they-are', at: [3000] },
  ],
  typicalSeconds: 50,
};
