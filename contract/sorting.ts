import { z } from 'zod';

/** What becomes of photos' files by the labels that a model gave them. */
export const SortInput = z.object({
  /** `label` is the model's answer; null where it is not sure. */
  photos: z.array(z.object({ path: z.string(), label: z.string().nullable() })).min(1),
  /** Photos go into a folder per label below it; without it they stay where they are. */
  into: z.string().min(1).optional(),
  /** Move instead of copying. */
  move: z.boolean().default(false),
  /** Write the label into an XMP sidecar beside each photo. */
  xmp: z.boolean().default(false),
});
export type SortInput = z.infer<typeof SortInput>;

/** What was done with one file. */
export const FileEvent = z.object({
  kind: z.enum(['sorted', 'sidecar']),
  path: z.string(),
  /** The file that was written; null when nothing was. */
  to: z.string().nullable(),
  /** Why nothing was written; empty when something was. */
  reason: z.string(),
});
export type FileEvent = z.infer<typeof FileEvent>;

/** Files that were written. */
export const SortResult = z.object({ sorted: z.number().int(), sidecars: z.number().int() });
export type SortResult = z.infer<typeof SortResult>;
