import { z } from 'zod';

/** SHA-256 of the file's bytes, 64 lower-case hex digits: the same photo in two folders is one photo. */
export const PhotoId = z.string().regex(/^[0-9a-f]{64}$/);
export type PhotoId = z.infer<typeof PhotoId>;

export const Split = z.enum(['train', 'validation', 'test']);
export type Split = z.infer<typeof Split>;

/** How a photo of any shape becomes a square: squeezed, cut to its middle, or whole with grey bars. */
export const Framing = z.enum(['stretch', 'crop', 'fit']);
export type Framing = z.infer<typeof Framing>;

/** Why a file was not taken. */
export const SkipCode = z.enum([
  'EMPTY_FILE',
  'NOT_A_PHOTO',
  'UNSUPPORTED_FORMAT',
  'DAMAGED',
  'TRUNCATED',
  'TOO_LARGE',
  'NOT_READABLE',
  'LINK_LOOP',
  'NO_PREVIEW',
  'NAME_NOT_UTF8',
]);
export type SkipCode = z.infer<typeof SkipCode>;

export const Skipped = z.object({ path: z.string(), code: SkipCode, reason: z.string() });
export type Skipped = z.infer<typeof Skipped>;

/** A photo of the library. `label` is a person's or its folder's word; null when it has none yet. */
export const Photo = z.object({
  id: PhotoId,
  path: z.string(),
  /** Pixels of the original, upright. */
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  takenAt: z.string().nullable(),
  camera: z.string().nullable(),
  label: z.string().nullable(),
  split: Split.nullable(),
  excluded: z.boolean(),
});
export type Photo = z.infer<typeof Photo>;

/** Photos per label, in the order of the labels. */
export const LabelCounts = z.record(z.string(), z.number().int());

export const ImportInput = z.object({
  project: z.string(),
  folders: z.array(z.string()).min(1),
  /** A CSV of `path,label` that labels the photos instead of their folders. */
  labelsFrom: z.string().optional(),
  /** What folders deeper than the label become: part of it, or nothing. */
  nested: z.enum(['flatten', 'join']).default('flatten'),
  /** Keep every folder's photos on one side of the split (camera traps). */
  groupByFolder: z.boolean().default(false),
});
export type ImportInput = z.infer<typeof ImportInput>;

export const ImportResult = z.object({
  imported: z.number().int(),
  duplicates: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.array(Skipped),
  labels: LabelCounts,
  /** The name offered as a label when one flat folder came alone. */
  suggestedLabel: z.string().nullable(),
});
export type ImportResult = z.infer<typeof ImportResult>;

/** What can be imported and predicted, for people. */
export const photoFormats = 'JPEG, PNG, WebP, AVIF, TIFF, GIF, BMP, HEIC or RAW files';

/** As long as a folder's name can be: folders give labels. */
export const LabelName = z.string().min(1).max(255);

export const LabelInput = z.object({
  project: z.string(),
  /** New label of each photo; null takes the label away. */
  changes: z.array(z.object({ photo: PhotoId, label: LabelName.nullable() })),
});
export type LabelInput = z.infer<typeof LabelInput>;
