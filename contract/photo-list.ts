import { z } from 'zod';
import { ClassProbability } from './models.ts';
import { Photo, Split } from './photos.ts';

/** Which photos of a project. Everything given must hold. */
export const PhotoFilter = z.object({
  show: z.enum(['all', 'unlabelled', 'disagrees', 'excluded']).default('all'),
  /** Any of these labels; none given: any label. */
  labels: z.array(z.string()).default([]),
  split: Split.nullable().default(null),
  /** Part of the path, in any case. */
  text: z.string().default(''),
});
export type PhotoFilter = z.infer<typeof PhotoFilter>;

/** `doubt` puts first what the newest model gives the label the least probability. */
export const PhotoSort = z.enum(['added', 'taken', 'name', 'label', 'doubt']);
export type PhotoSort = z.infer<typeof PhotoSort>;

export const ListPhotosInput = z.object({
  project: z.string(),
  filter: PhotoFilter.prefault({}),
  sort: PhotoSort.default('added'),
  descending: z.boolean().default(false),
});
export type ListPhotosInput = z.infer<typeof ListPhotosInput>;

/** The photos of a list in columns, so that 50,000 of them cross in one message. */
export const PhotoList = z.object({
  /** The ids one after another, 64 digits each. */
  ids: z.string(),
  /** File names. */
  names: z.array(z.string()),
  /** Index into `labels` of the photo's label, or -1. */
  label: z.array(z.number().int()),
  /** Index into `labels` of the newest model's answer, or -1. */
  predicted: z.array(z.number().int()),
  labels: z.array(z.string()),
});
export type PhotoList = z.infer<typeof PhotoList>;

/** How a photo was exposed, from its EXIF; null for what the camera left out. */
export const Exposure = z.object({
  seconds: z.number().nullable(),
  /** The f-number. */
  aperture: z.number().nullable(),
  iso: z.number().nullable(),
  /** Millimetres. */
  focalLength: z.number().nullable(),
  lens: z.string().nullable(),
});
export type Exposure = z.infer<typeof Exposure>;

/** All that is known of one photo. */
export const PhotoDetails = Photo.extend({
  /** Whether the original is where it was. */
  found: z.boolean(),
  exposure: Exposure,
  /** The newest model's answers, most probable first; empty without a model. */
  predictions: z.array(ClassProbability),
});
export type PhotoDetails = z.infer<typeof PhotoDetails>;

/** Stands for the project's key in the address of a photo that is in no project. */
export const noProject = '0000000000000000';

/** Pixels of a tile's short side at least, unless the photo is smaller. */
export const tileSide = 224;
/** How a photo is wanted as a JPEG file: `tile` for a cell of a grid, `thumbnail` 512 pixels, `preview` a screen's size, long side. */
export const PhotoSize = z.enum(['tile', 'thumbnail', 'preview']);
export type PhotoSize = z.infer<typeof PhotoSize>;
