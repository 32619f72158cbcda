import { z } from 'zod';
import { ErrorData } from './errors.ts';
import { LabTrainResult } from './lab-training.ts';
import { ImportResult } from './photos.ts';
import { TrainEvent, TrainResult } from './training.ts';

/** `stopped` kept the best so far; `cancelled` left nothing. */
export const JobState = z.enum(['waiting', 'running', 'paused', 'done', 'stopped', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/** Long work that goes on whoever watches. */
export const Job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'train', 'lab']),
  /** Empty for work that belongs to none. */
  project: z.string(),
  /** What it works on, for people: the folder's name, the preset. */
  title: z.string(),
  state: JobState,
  /** ISO 8601. */
  startedAt: z.string(),
});
export type Job = z.infer<typeof Job>;

/** What a job did, numbered from 1, so that a reader who comes back says where to go on. */
export const JobEvent = z.object({
  sequence: z.number().int(),
  state: JobState,
  event: TrainEvent.nullable(),
});
export type JobEvent = z.infer<typeof JobEvent>;

/** How a job ended. */
export const JobEnd = z.object({
  state: JobState,
  failure: ErrorData.nullable(),
  imported: ImportResult.nullable(),
  trained: TrainResult.nullable(),
  network: LabTrainResult.nullable(),
});
export type JobEnd = z.infer<typeof JobEnd>;

export const JobControl = z.enum(['pause', 'resume', 'stop', 'cancel']);
export type JobControl = z.infer<typeof JobControl>;
