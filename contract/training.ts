import { z } from 'zod';
import { Baseline, Metrics } from './evaluation.ts';
import { ExportFormat } from './models.ts';
import { Framing, Skipped } from './photos.ts';
import { Notice, Progress } from './progress.ts';

export const Preset = z.enum(['quick', 'balanced', 'thorough']);
export type Preset = z.infer<typeof Preset>;

/** Random changes of a training photo; each field is the largest change that may happen. */
export const Augmentation = z.object({
  flip: z.boolean(),
  /** Degrees either way. */
  rotate: z.number().min(0).max(180),
  /** Smallest share of the picture's area that a random crop keeps. */
  cropArea: z.number().min(0.05).max(1),
  /** Largest change of the crop's aspect ratio, as a factor. */
  cropAspect: z.number().min(1).max(2),
  /** Largest change of brightness, contrast and saturation, as a share. */
  brightness: z.number().min(0).max(1),
  contrast: z.number().min(0).max(1),
  saturation: z.number().min(0).max(1),
});
export type Augmentation = z.infer<typeof Augmentation>;

/** Everything that decides how a model is trained. A preset fills in what is not given. */
export const TrainSettings = z.object({
  backbone: z.string(),
  framing: Framing,
  /** Name of the cut where freezing ends; null trains the head alone (feature extraction). */
  cut: z.string().nullable(),
  /** Augmented versions of each training photo in the cut cache; 1 is the plain photo alone. */
  variants: z.number().int().min(1).max(64),
  augmentation: Augmentation,
  epochs: z.number().int().min(0).max(1000),
  batchSize: z.number().int().min(1).max(1024),
  optimizer: z.enum(['adam', 'sgd']),
  /** Highest learning rate, reached after `warmup` and then lowered by a cosine to zero. */
  learningRate: z.number().positive(),
  /** Share of all steps over which the learning rate rises from zero. */
  warmup: z.number().min(0).max(0.5),
  /** Of SGD. */
  momentum: z.number().min(0).max(0.999),
  /** Decoupled weight decay (AdamW). */
  weightDecay: z.number().min(0),
  labelSmoothing: z.number().min(0).max(0.5),
  /** Largest share of another photo that is mixed into each one of a batch. */
  mixup: z.number().min(0).max(0.5),
  /** Dropout before the last layer. */
  dropout: z.number().min(0).max(0.9),
  /** Weigh every class by the inverse of its frequency. */
  classWeights: z.boolean(),
  /** Where between the weights that fine-tuning began with (0) and those it reached (1) the model lies. */
  reach: z.number().min(0).max(1),
  /** Epochs whose validation loss is clearly worse before training stops; the best weights are kept. */
  patience: z.number().int().min(1),
  /** What the delivered model is trained on once the test figures are known. */
  refit: z.enum(['none', 'validation', 'all']),
  seed: z.number().int().min(0),
});
export type TrainSettings = z.infer<typeof TrainSettings>;

/** Settings that a person chose, down to single changes of the augmentation. */
export const ChosenSettings = TrainSettings.partial().extend({
  augmentation: Augmentation.partial().optional(),
});
export type ChosenSettings = z.infer<typeof ChosenSettings>;

export const TrainInput = z.object({
  project: z.string(),
  preset: Preset.default('balanced'),
  settings: ChosenSettings.default({}),
});
export type TrainInput = z.infer<typeof TrainInput>;

/** What can be said of a training before any photo is read; `out` is where its model would be exported to. */
export const CheckTrainingInput = TrainInput.omit({ project: true }).extend({
  out: z.string().nullable(),
  formats: z.array(ExportFormat),
});
export type CheckTrainingInput = z.infer<typeof CheckTrainingInput>;

/** What optimizer steps are taken for. */
const LearningStage = z.enum(['head', 'fine-tune', 'refit', 'from-scratch']);

/**
 * One pass over the training photos. Accuracies and losses are of the plain objective, without smoothing; the validation loss
 * is the calibrated one, with the temperature that fits these photos best.
 */
export const Epoch = z.object({
  kind: z.literal('epoch'),
  stage: LearningStage,
  epoch: z.number().int(),
  epochs: z.number().int(),
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  best: z.boolean(),
});
export type Epoch = z.infer<typeof Epoch>;

/** One optimizer step. */
export const Step = z.object({
  kind: z.literal('step'),
  stage: LearningStage,
  epoch: z.number().int(),
  step: z.number().int(),
  steps: z.number().int(),
  loss: z.number(),
  accuracy: z.number(),
  photosPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
});
export type Step = z.infer<typeof Step>;

/** A run that goes on where an interrupted one was. */
export const Resumed = z.object({ kind: z.literal('resumed'), runId: z.string(), epoch: z.number().int() });

/** What the engine will take of memory at its peak, estimated, and what it may take; said before it begins. */
export const MemoryNeed = z.object({
  kind: z.literal('memory'),
  bytes: z.number(),
  freeBytes: z.number(),
  /** In how many parts a batch goes through what learns, so that it takes less. */
  parts: z.number().int(),
});
export type MemoryNeed = z.infer<typeof MemoryNeed>;

export const TrainEvent = z.discriminatedUnion('kind', [Progress, Notice, Step, Epoch, Resumed, MemoryNeed]);
export type TrainEvent = z.infer<typeof TrainEvent>;

export const TrainResult = z.object({
  runId: z.string(),
  /** Folder of the trained model. */
  model: z.string(),
  classNames: z.array(z.string()),
  settings: TrainSettings,
  /** Untouched test photos, judged by the model trained without them and without the validation photos' refit. */
  test: Metrics,
  baseline: Baseline,
  skipped: z.array(Skipped),
  /** Labels left out because they had too few photos. */
  leftOut: z.array(z.object({ label: z.string(), photos: z.number().int() })),
  /** Seconds by stage. */
  timings: z.record(z.string(), z.number()),
  device: z.string(),
});
export type TrainResult = z.infer<typeof TrainResult>;
