import { z } from 'zod';
import { ErrorData } from './errors.ts';
import { ExperimentResult, ExperimentStep, Measured } from './experiments.ts';
import { LabTrainResult } from './lab-training.ts';
import { ImportResult } from './photos.ts';
import { TrainEvent, TrainResult } from './training.ts';

/** `stopped` kept the best so far; `cancelled` left nothing. */
export const JobState = z.enum(['running', 'paused', 'done', 'stopped', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/** Long work that goes on whoever watches. */
export const Job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'train', 'lab', 'experiment']),
  /** Empty for work that belongs to none. */
  project: z.string(),
  /** What it works on: the folder's name, the preset, the network, the experiment. */
  title: z.string(),
  state: JobState,
  /** ISO 8601. */
  startedAt: z.string(),
});
export type Job = z.infer<typeof Job>;

/** What any kind of work tells. */
export const WorkEvent = z.discriminatedUnion('kind', [TrainEvent, ExperimentStep, Measured]);
export type WorkEvent = z.infer<typeof WorkEvent>;

/** What a job did, numbered from 1, so that a reader who comes back says where to go on. */
export const JobEvent = z.object({
  sequence: z.number().int(),
  state: JobState,
  event: WorkEvent.nullable(),
});
export type JobEvent = z.infer<typeof JobEvent>;

/** What came of each kind of work. */
export const JobResult = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('import'), imported: ImportResult }),
  z.object({ kind: z.literal('train'), trained: TrainResult }),
  z.object({ kind: z.literal('lab'), network: LabTrainResult }),
  z.object({ kind: z.literal('experiment'), experiment: ExperimentResult }),
]);
export type JobResult = z.infer<typeof JobResult>;

/** How a job ended: with what came of it, with why it failed, or by a person's wish with nothing. */
export const JobEnd = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['done', 'stopped']), result: JobResult }),
  z.object({ state: z.literal('failed'), failure: ErrorData }),
  z.object({ state: z.literal('cancelled') }),
]);
export type JobEnd = z.infer<typeof JobEnd>;

export const JobControl = z.enum(['pause', 'resume', 'stop', 'cancel']);
export type JobControl = z.infer<typeof JobControl>;
