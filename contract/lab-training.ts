import { z } from 'zod';
import { Metrics } from './evaluation.ts';
import { ImageShape } from './inspection.ts';
import { Epoch, TrainSettings } from './training.ts';

/** What a network learns from: MNIST's digits, or the labelled photos of a project. */
export const LabData = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mnist') }),
  z.object({ kind: z.literal('photos'), project: z.string() }),
]);
export type LabData = z.infer<typeof LabData>;

/** Everything that decides how a network is trained from scratch. Its recipe fills in what is not given. */
export const LabSettings = TrainSettings.pick({
  framing: true,
  batchSize: true,
  optimizer: true,
  learningRate: true,
  warmup: true,
  weightDecay: true,
  labelSmoothing: true,
  seed: true,
}).extend({
  epochs: z.number().int().min(1).max(1000),
  /** Whether the rate rises over the first `warmup` of the steps and falls to zero as a cosine, or stays. */
  schedule: z.enum(['cosine', 'constant']),
  /** How the first weights are drawn: for the layers behind a kernel (He) or for both sides of it (Glorot, as Keras does). */
  initial: z.enum(['he', 'glorot']),
  /** Whether images are shifted, turned, leant and zoomed a little, photos mirrored too, in every epoch another way. */
  augment: z.boolean(),
  /** Steps over which weights are averaged; null takes those of the last step. */
  averageOver: z.number().int().min(1).nullable(),
  /**
   * Share of the digits to learn from that is kept back to watch the training by; nothing is chosen by it. Photos have a split
   * of their own: 0 learns from those for validation too.
   */
  validation: z.number().min(0).max(0.5),
  /** Most images to learn from; null takes all. */
  limit: z.number().int().min(1).nullable(),
  /** Height and width that the network sees. */
  inputSize: z.number().int().min(8).max(1024),
  /** Share of its published channels and units. */
  width: z.number().min(0.05).max(2),
});
export type LabSettings = z.infer<typeof LabSettings>;

export const LabTrainInput = z.object({
  network: z.string(),
  data: LabData,
  settings: LabSettings.partial().default({}),
});
export type LabTrainInput = z.infer<typeof LabTrainInput>;

/** How a network is trained unless somebody says otherwise. */
export const LabRecipe = z.object({ network: z.string(), mnist: LabSettings, photos: LabSettings });
export type LabRecipe = z.infer<typeof LabRecipe>;

/** A network that was trained from scratch, as it is kept. */
export const LabTrainResult = z.object({
  id: z.string(),
  network: z.string(),
  /** Of the network, for people. */
  name: z.string(),
  /** As it was trained. */
  input: ImageShape,
  /** Those that gradients changed. */
  parameters: z.number().int(),
  data: LabData,
  /** Of the data, for people: "MNIST", the project's name. */
  dataName: z.string(),
  classNames: z.array(z.string()),
  settings: LabSettings,
  /** How many were learned from, watched by and tested on. */
  photos: z.object({ train: z.number().int(), validation: z.number().int(), test: z.number().int() }),
  history: z.array(Epoch),
  /** Of photos that were not learned from. */
  test: Metrics,
  /** Of training, its validation included. */
  seconds: z.number(),
  photosPerSecond: z.number(),
  device: z.string(),
  /** ISO 8601. */
  trainedAt: z.string(),
  /** Where it is kept. */
  folder: z.string(),
});
export type LabTrainResult = z.infer<typeof LabTrainResult>;

/** A kept network in a list. */
export const LabNetwork = LabTrainResult.pick({
  id: true,
  network: true,
  name: true,
  input: true,
  data: true,
  dataName: true,
  classNames: true,
  seconds: true,
  trainedAt: true,
}).extend({
  epochs: z.number().int(),
  test: Metrics.pick({ n: true, accuracy: true, accuracyInterval: true }),
});
export type LabNetwork = z.infer<typeof LabNetwork>;
