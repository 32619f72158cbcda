import { z } from 'zod';
import { ImageShape } from './inspection.ts';
import { Notice, Progress } from './progress.ts';

/** What the Lab can try, in the order in which a course asks. */
export const ExperimentId = z.enum([
  'dense-or-convolutional',
  'pooling-or-stride',
  'local-response-norm',
  'augmentation',
  'batch-norm',
  'skip-connections',
  'photos-per-class',
]);
export type ExperimentId = z.infer<typeof ExperimentId>;

/** What changes from one place of an experiment's chart to the next. */
export const ExperimentAxis = z.enum([
  'pixels-moved',
  'training-digits',
  'learning-rate',
  'depth',
  'photos-per-class',
]);
export type ExperimentAxis = z.infer<typeof ExperimentAxis>;

/** What is compared with the others. */
export const ExperimentArm = z.object({
  /** Such as `dense`. */
  id: z.string(),
  /** What is trained, at the first place of the axis; null where it is part of a pretrained network. */
  network: z
    .object({
      /** As text; null where layers branch. */
      layers: z.string().nullable(),
      input: ImageShape,
      /** Those that gradients change. */
      parameters: z.number(),
      /** Of one image. */
      multiplyAdds: z.number(),
    })
    .nullable(),
});
export type ExperimentArm = z.infer<typeof ExperimentArm>;

/** An experiment before it is run. */
export const ExperimentInfo = z.object({
  id: ExperimentId,
  axis: ExperimentAxis,
  values: z.array(z.number()),
  arms: z.array(ExperimentArm),
  /** What three runs of each arm took on two quiet cores. */
  typicalSeconds: z.number(),
});
export type ExperimentInfo = z.infer<typeof ExperimentInfo>;

export const RunExperimentInput = z.object({
  id: ExperimentId,
  /** Runs of each arm, each with digits or photos, weights and order drawn anew. */
  seeds: z.number().int().min(1).max(20).default(3),
  /** All of MNIST instead of what teaches the same in minutes. */
  full: z.boolean().default(false),
  /** A folder with a sub-folder per label, or a project, for the experiment on photos; null is the sample. */
  photos: z.string().nullable().default(null),
});
export type RunExperimentInput = z.infer<typeof RunExperimentInput>;

/** Where a running experiment stands, at most 20 a second. */
export const ExperimentStep = z.object({
  kind: z.literal('trial'),
  arm: z.string(),
  /** Where on the axis; of several the first. */
  x: z.number(),
  /** From 1 on, of so many. */
  seed: z.number().int(),
  seeds: z.number().int(),
  epoch: z.number().int(),
  epochs: z.number().int(),
  /** Of the whole experiment, 0 … 1. */
  share: z.number(),
  secondsLeft: z.number().nullable(),
});
export type ExperimentStep = z.infer<typeof ExperimentStep>;

/** The share of test digits or photos that one run has right. */
export const Measured = z.object({
  kind: z.literal('measured'),
  arm: z.string(),
  x: z.number(),
  seed: z.number().int(),
  accuracy: z.number(),
});
export type Measured = z.infer<typeof Measured>;

export const ExperimentEvent = z.discriminatedUnion('kind', [Progress, Notice, ExperimentStep, Measured]);
export type ExperimentEvent = z.infer<typeof ExperimentEvent>;

/** All runs of an arm at one place: their accuracies in the order of the seeds, and the mean with its 95 % interval. */
export const ExperimentPoint = z.object({
  x: z.number(),
  values: z.array(z.number()),
  mean: z.number(),
  low: z.number(),
  high: z.number(),
});
export type ExperimentPoint = z.infer<typeof ExperimentPoint>;

/** What the runs say of two arms at some places of the axis, the mean of these places taken for each seed. */
export const ArmComparison = z.object({
  arm: z.string(),
  against: z.string(),
  at: z.array(z.number()),
  /** Accuracy of `arm` less that of `against`, with an interval by which all comparisons of an experiment hold together at 95 %. */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  /** `unclear`: no difference that so many runs can show. */
  verdict: z.enum(['better', 'worse', 'unclear']),
});
export type ArmComparison = z.infer<typeof ArmComparison>;

/** An experiment that was run. */
export const ExperimentResult = RunExperimentInput.required().extend({
  axis: ExperimentAxis,
  values: z.array(z.number()),
  arms: z.array(ExperimentArm.extend({ points: z.array(ExperimentPoint) })),
  comparisons: z.array(ArmComparison),
  /** `MNIST`, or the name of the photos' project. */
  data: z.string(),
  classes: z.number().int(),
  /** What each run is judged by. */
  testImages: z.number().int(),
  /** ISO 8601. */
  ranAt: z.string(),
  seconds: z.number(),
  device: z.string(),
});
export type ExperimentResult = z.infer<typeof ExperimentResult>;
