import { z } from 'zod';

export const ClassMetrics = z.object({
  className: z.string(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  /** Photos of the class in the evaluated set. */
  support: z.number().int(),
  /** Area under the one-vs-rest ROC curve; null where only one side occurs. */
  rocAuc: z.number().nullable(),
});
export type ClassMetrics = z.infer<typeof ClassMetrics>;

const Averages = z.object({ precision: z.number(), recall: z.number(), f1: z.number() });

/** Points of a ROC curve, from (0, 0) to (1, 1), with the threshold that gives each. */
export const RocCurve = z.object({
  className: z.string(),
  falsePositiveRate: z.array(z.number()),
  truePositiveRate: z.array(z.number()),
  thresholds: z.array(z.number()),
});
export type RocCurve = z.infer<typeof RocCurve>;

/** How far a model's confidence, the probability of its answer, can be taken at its word. */
export const Calibration = z.object({
  /** Mean confidence; of a calibrated model it is the accuracy. */
  confidence: z.number(),
  /** Expected calibration error: mean distance of confidence and accuracy over the bins, weighted by their photos. */
  error: z.number(),
  /** Confidence in steps of a tenth, without the empty ones: from `from`, to below `to` (1 included). */
  bins: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      n: z.number().int(),
      confidence: z.number(),
      accuracy: z.number(),
    }),
  ),
});
export type Calibration = z.infer<typeof Calibration>;

/** How a model did on photos that its training never saw. */
export const Metrics = z.object({
  n: z.number().int(),
  accuracy: z.number(),
  /** Wilson score interval, 95 %. */
  accuracyInterval: z.tuple([z.number(), z.number()]),
  /** Share of photos whose true class is among the five most probable. */
  top5: z.number(),
  /** The same for the k most probable, k = 1 … 5 or as many classes as there are. Runs of before it was counted have none. */
  topK: z.array(z.number()).optional(),
  calibration: Calibration.optional(),
  macro: Averages,
  weighted: Averages,
  perClass: z.array(ClassMetrics),
  /** Rows true, columns predicted, in the order of `perClass`. */
  confusion: z.array(z.array(z.number().int())),
  /** Macro mean of the classes' areas; null where none is defined. */
  rocAuc: z.number().nullable(),
  rocCurves: z.array(RocCurve),
  /** Mean cross-entropy of the true class, nats. */
  loss: z.number(),
});
export type Metrics = z.infer<typeof Metrics>;

/** Accuracy of always answering the most frequent training label, on the same photos. */
export const Baseline = z.object({ className: z.string(), accuracy: z.number() });
export type Baseline = z.infer<typeof Baseline>;

/** Two models on the same photos with the same labels. */
export const PairedComparison = z.object({
  n: z.number().int(),
  /** Photos that only this model, and only the other one, has right. */
  gained: z.number().int(),
  lost: z.number().int(),
  /** Accuracy of this model less that of the other, -1 … 1, with its 95 % interval. */
  difference: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  /** How likely a difference at least as large is between models that are equally good (McNemar's test, mid-p). */
  p: z.number(),
});
export type PairedComparison = z.infer<typeof PairedComparison>;
