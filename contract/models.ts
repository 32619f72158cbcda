import { z } from 'zod';
import { Baseline, Metrics } from './evaluation.ts';
import { PhotoId, Skipped } from './photos.ts';

export const ClassProbability = z.object({ className: z.string(), probability: z.number() });
export type ClassProbability = z.infer<typeof ClassProbability>;

export const Prediction = z.object({
  kind: z.literal('prediction'),
  path: z.string(),
  /** What `photoFile` knows the file by, as long as this engine runs. */
  photo: PhotoId.optional(),
  /** Most probable first. */
  predictions: z.array(ClassProbability),
  /** True when the model had better not be believed here. */
  unsure: z.boolean(),
});
export type Prediction = z.infer<typeof Prediction>;

export const SkippedEvent = Skipped.extend({ kind: z.literal('skipped') });
export type SkippedEvent = z.infer<typeof SkippedEvent>;

export const PredictInput = z.object({
  /** A model's folder, a project (its newest model), or the id of a backbone. */
  model: z.string(),
  paths: z.array(z.string()).min(1),
  top: z.number().int().min(1).default(5),
});
export type PredictInput = z.infer<typeof PredictInput>;

export const EvaluateInput = z.object({
  model: z.string(),
  /** A folder with a sub-folder per label; without it the project's own test photos. */
  folder: z.string().optional(),
});
export type EvaluateInput = z.infer<typeof EvaluateInput>;

const Mistake = z.object({
  path: z.string(),
  label: z.string(),
  predicted: z.string(),
  probability: z.number(),
});

export const EvaluateResult = z.object({
  model: z.string(),
  test: Metrics,
  baseline: Baseline,
  skipped: z.array(Skipped),
  /** Photos that were answered wrongly, the surest first. */
  mistakes: z.array(Mistake),
  /** Photos that the model was trained on whose label is likely wrong, the likeliest first; of a project's own model. */
  suspects: z.array(Mistake).optional(),
  timings: z.record(z.string(), z.number()),
  device: z.string(),
});
export type EvaluateResult = z.infer<typeof EvaluateResult>;

export const ExportFormat = z.enum(['tfjs', 'tfjs-graph', 'savedmodel', 'onnx', 'tflite', 'keras']);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const ExportInput = z.object({
  model: z.string(),
  formats: z.array(ExportFormat).min(1),
  out: z.string(),
});
export type ExportInput = z.infer<typeof ExportInput>;

/** How far the exported file, run again, is from the app. */
export const Parity = z.object({
  n: z.number().int(),
  top1Agreement: z.number(),
  maxAbsDifference: z.number(),
});
export type Parity = z.infer<typeof Parity>;

/** How another program uses an exported model. */
export const CodeExample = z.object({
  /** What to know about the format; code words in backticks. */
  about: z.string(),
  language: z.enum(['js', 'python']),
  code: z.string(),
});
export type CodeExample = z.infer<typeof CodeExample>;

export const ExportResult = z.object({
  exports: z.array(
    z.object({
      format: ExportFormat,
      folder: z.string(),
      files: z.array(z.string()),
      parity: Parity,
      use: CodeExample,
    }),
  ),
});
export type ExportResult = z.infer<typeof ExportResult>;
