import { z } from 'zod';
import { ErrorData } from './errors.ts';
import { PhotoId } from './photos.ts';

/** A label of a project. Photos that are excluded are not counted. */
export const Label = z.object({
  name: z.string(),
  /** Which of the ten label colours it has, 0 … 9; stays with the label. */
  colour: z.number().int().min(0).max(9),
  photos: z.number().int(),
});
export type Label = z.infer<typeof Label>;

/** A label with fewer photos is left out of a training; with fewer than `roughBelow` its figures are rough. */
export const fewestPhotos = 5;
export const roughBelow = 20;

/** An open project, as much of it as is shown around the photos. */
export const ProjectSummary = z.object({
  /** Its folder: what every other endpoint takes as `project`. */
  project: z.string(),
  /** Stands for the folder in addresses, so that no path is in them. */
  key: z.string(),
  name: z.string(),
  /** All photos that are not excluded. */
  photos: z.number().int(),
  labels: z.array(Label),
  unlabelled: z.number().int(),
  /** Photos whose label is not the newest model's first answer. */
  disagreements: z.number().int(),
  excluded: z.number().int(),
  skipped: z.number().int(),
  /** What undo and redo would do, in words; null when there is nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  /** Test accuracy of the newest finished run, 0 … 1. */
  accuracy: z.number().nullable(),
});
export type ProjectSummary = z.infer<typeof ProjectSummary>;

/** A project that was open before. */
export const RecentProject = z.object({
  project: z.string(),
  key: z.string(),
  name: z.string(),
  photos: z.number().int(),
  /** Names, in their order. */
  labels: z.array(z.string()),
  accuracy: z.number().nullable(),
  /** ISO 8601. */
  openedAt: z.string(),
  /** Up to four photos to know it by. */
  cover: z.array(PhotoId),
  /** Why it can't be opened now, and what to do; null when it can. */
  problem: ErrorData.nullable(),
});
export type RecentProject = z.infer<typeof RecentProject>;

/** Told to everybody who watches a project. `labelled` are the photos whose label changed; null: read the list again. */
export const ProjectChange = z.object({
  summary: ProjectSummary,
  labelled: z.array(z.object({ photo: PhotoId, label: z.string().nullable() })).nullable(),
});
export type ProjectChange = z.infer<typeof ProjectChange>;
