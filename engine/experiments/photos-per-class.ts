import type { Question } from './compare-arms.ts';

const questions: Question[] = [
  { arm: 'feature-extraction', against: 'from-scratch' },
  { arm: 'fine-tuning', against: 'feature-extraction' },
];

/**
 * What is transfer learning worth? The same few photos of each class teach three times: the last layer of a network that
 * was trained on a million others (feature extraction), its upper blocks too (fine-tuning), and a small network that knows nothing
 * (from scratch). All three see their photos varied, and are judged by photos that no arm has seen.
 */
export const photosPerClass = {
  id: 'photos-per-class',
  axis: 'photos-per-class',
  /** As far as the smallest class has them, a quarter of it left to judge by. */
  values: [1, 2, 5, 10, 20, 50, 100],
  arms: [{ id: 'from-scratch' }, { id: 'feature-extraction' }, { id: 'fine-tuning' }],
  questions,
  /** The small network, on photos of 64 × 64; the last layer has as many units as there are classes. */
  scratch: {
    side: 64,
    layers: (classes: number) =>
      'conv 8 3x3 same relu, pool max 2x2, conv 16 3x3 same relu, pool max 2x2, conv 32 3x3 same relu, ' +
      `pool max 2x2, conv 64 3x3 same relu, pool global, dropout 0.3, dense ${classes}`,
    variation: { shift: 0.1, rotate: 10, zoom: 0.2, lean: 0, bend: 0, mirror: true },
    steps: 300,
  },
  typicalSeconds: 75,
} as const;
