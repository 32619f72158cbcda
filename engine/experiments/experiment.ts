import type { ExperimentAxis, ExperimentId, PixelScale } from '../../contract/index.ts';
import type { NetworkSettings } from '../gradient-descent/train-network.ts';
import type { Layers } from '../inspect/layer.ts';
import type { Variation } from '../lab/vary-images.ts';
import type { Question } from './compare-arms.ts';

/** One side of an experiment: a network, and what is special about how it is trained. */
export interface DigitArm {
  readonly id: string;
  /** As text, or for each place of the axis. Its last layer gives logits. */
  readonly layers: string | ((x: number) => Layers);
  /** Value / 255 unless given. */
  readonly pixelScale?: PixelScale;
  /** How its digits are varied, otherwise in every epoch. */
  readonly variation?: Variation;
}

/** How much an experiment learns from. */
export interface Amount {
  /** Places of the axis. */
  readonly values: readonly number[];
  /** Digits to learn from, of each class as many; where the axis is their number it overrides this. */
  readonly digits: number;
  /** Optimizer steps of a training, to the next whole epoch. */
  readonly steps: number;
}

/** An experiment on MNIST. All arms are trained alike but for what they say themselves. */
export interface DigitExperiment {
  readonly id: ExperimentId;
  readonly axis: Exclude<ExperimentAxis, 'photos-per-class'>;
  readonly quick: Amount;
  readonly full: Amount;
  readonly arms: readonly DigitArm[];
  readonly questions: readonly Question[];
  /** Of all arms. */
  readonly settings?: Partial<NetworkSettings>;
  /** Seconds that the quick one took with three seeds on two quiet cores. */
  readonly typicalSeconds: number;
}

/** A small convolutional network, of which several experiments change one thing. */
export const smallNetwork =
  'conv 16 3x3 same relu, pool max 2x2, conv 32 3x3 same relu, pool max 2x2, dense 64 relu, dense 10';

/** How much experiments learn from whose axis is the number of digits. */
export const byTrainingDigits = {
  axis: 'training-digits',
  quick: { values: [300, 1000, 3000], digits: 3000, steps: 1000 },
  full: { values: [300, 1000, 3000, 10_000, 60_000], digits: 60_000, steps: 9375 },
} as const satisfies Pick<DigitExperiment, 'axis' | 'quick' | 'full'>;

/** How networks are trained unless an experiment says otherwise. */
export const commonSettings: Omit<NetworkSettings, 'epochs' | 'seed'> = {
  batchSize: 32,
  optimizer: 'adam',
  learningRate: 1e-3,
  schedule: 'cosine',
  warmup: 0.05,
  momentum: 0.9,
  weightDecay: 0,
  labelSmoothing: 0,
};
