import { z } from 'zod';
import { Baseline, Metrics, PairedComparison } from './evaluation.ts';
import { RuntimeInfo } from './machine.ts';
import { PhotoId } from './photos.ts';
import { Notice } from './progress.ts';
import { MemoryNeed, Preset, TrainSettings } from './training.ts';

/** What a training of each preset would be made on, before anything is begun. */
export const TrainingPlan = z.object({
  classNames: z.array(z.string()),
  /** Photos to learn from, to check progress on, to judge by at the end. */
  train: z.number().int(),
  validation: z.number().int(),
  test: z.number().int(),
  leftOut: z.array(z.object({ label: z.string(), photos: z.number().int() })),
  notices: z.array(Notice),
  runtime: RuntimeInfo,
  presets: z.array(
    z.object({
      preset: Preset,
      settings: TrainSettings,
      /** About, from what trainings took on this machine before, else from how fast it is; null when that is not known. */
      seconds: z.number().nullable(),
      /** Bytes that the engine will take at its peak, estimated, and those that it may take now. */
      memory: MemoryNeed.pick({ bytes: true, freeBytes: true }),
    }),
  ),
});
export type TrainingPlan = z.infer<typeof TrainingPlan>;

/** A training that was begun, as it stands in a list. */
export const Run = z.object({
  runId: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** `running` is also what a run that was broken off is left as: the same training goes on with it. */
  state: z.enum(['running', 'finished', 'failed']),
  /** Those asked for; of a finished run, those that its model was trained with. */
  settings: TrainSettings,
  /** What was given up because memory ran out, and made another model than was asked for. */
  gaveUp: z.array(Notice),
  /** Of the test photos; null without an evaluation. */
  test: Metrics.pick({ n: true, accuracy: true, accuracyInterval: true }).nullable(),
});
export type Run = z.infer<typeof Run>;

/** What a model answered for one test photo. */
export const Answer = z.object({
  photo: PhotoId,
  path: z.string(),
  /** What a person had called it when the run began. */
  label: z.string(),
  predicted: z.string(),
  /** Of the predicted class. */
  probability: z.number(),
});
export type Answer = z.infer<typeof Answer>;

/** What a model that had not learned from it answered for a photo that the run learned from (out of fold). */
export const LearnedAnswer = Answer.extend({
  /** Of the label that the photo has. */
  labelProbability: z.number(),
  /** Whether the label is likely wrong, and not the photo merely hard. */
  suspect: z.boolean(),
});
export type LearnedAnswer = z.infer<typeof LearnedAnswer>;

const now = {
  /** Its label as it is now; null when it has none. */
  labelNow: z.string().nullable(),
  /** Left out by now. */
  excluded: z.boolean(),
  /** Whether a person said that this label is right. */
  confirmed: z.boolean(),
};

/** A finished run with its verdict. Labels that were renamed since have their new names. */
export const RunResults = z.object({
  run: Run,
  test: Metrics,
  baseline: Baseline,
  /** Every test photo. `labelBefore`: the label by which an earlier run was judged, where that was another one. */
  answers: z.array(Answer.extend({ ...now, labelBefore: z.string().nullable() })),
  /** Test photos of earlier runs that were changed before this one, which had seen answers by then. */
  corrected: z.object({
    relabelled: z.number().int(),
    excluded: z.number().int(),
    /** On the same photos with the labels by which they were first judged. */
    accuracyBefore: z.number(),
  }),
  /** Of the photos that were learned from, those answered wrongly out of fold; null for runs of before that was done. */
  learned: z
    .object({
      /** How many were answered. */
      n: z.number().int(),
      mistakes: z.array(LearnedAnswer.extend(now)),
    })
    .nullable(),
  /** The finished run before this one; `paired` is null where no photo was judged in both. */
  before: z.object({ run: Run, test: Metrics, paired: PairedComparison.nullable() }).nullable(),
});
export type RunResults = z.infer<typeof RunResults>;
