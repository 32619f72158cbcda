import { byTrainingDigits, smallNetwork, type DigitArm, type DigitExperiment } from './experiment.ts';

/** Pixels as they are, which AlexNet's constants of the normalisation are meant for. */
const unscaled = { pixelScale: { mean: 0, standardDeviation: 1 } };

/** The small network with it. */
const normalised: DigitArm = {
  id: 'normalised',
  layers:
    'conv 16 3x3 same relu, lrn, pool max 2x2, conv 32 3x3 same relu, lrn, pool max 2x2, dense 64 relu, dense 10',
  ...unscaled,
};

/**
 * What does local response normalisation give? A strong answer damps its neighbours among the channels (Krizhevsky et al.
 * 2012), which also brings large values down. How much of the gain is only that, the third arm tells: without the normalisation, its
 * pixels divided by 255.
 */
export const localResponseNorm: DigitExperiment = {
  id: 'local-response-norm',
  ...byTrainingDigits,
  arms: [
    { id: 'not-normalised', layers: smallNetwork, ...unscaled },
    normalised,
    { id: 'scaled', layers: smallNetwork },
  ],
  questions: [
    { arm: 'normalised', against: 'not-normalised' },
    { arm: 'normalised', against: 'scaled' },
  ],
  typicalSeconds: 160,
};
