import { z } from 'zod';

/** What long work is doing. A view makes words of it. */
export const Stage = z.enum([
  'scan',
  'import',
  'prepare',
  'embed',
  'head',
  'cut-features',
  'fine-tune',
  'refit',
  'from-scratch',
  'evaluate',
  'check-labels',
  'predict',
  'sort',
  'export',
  'verify',
  'download',
  'install',
]);
export type Stage = z.infer<typeof Stage>;

/** Facts about running work, at most 20 a second. `done` of `total` are photos unless the stage says otherwise. */
export const Progress = z.object({
  kind: z.literal('progress'),
  stage: Stage,
  done: z.number(),
  /** Null while it is not known. */
  total: z.number().nullable(),
  /** Per second, over the last seconds. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** Something a person should know although the work goes on. */
export const Notice = z.object({ kind: z.literal('notice'), code: z.string(), message: z.string() });
export type Notice = z.infer<typeof Notice>;
