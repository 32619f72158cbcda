import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { ErrorData, errorCodes } from './errors.ts';
import { BackboneInfo, DoctorReport } from './machine.ts';
import {
  EvaluateInput,
  EvaluateResult,
  ExportInput,
  ExportResult,
  PredictInput,
  Prediction,
  SkippedEvent,
} from './models.ts';
import { ImportInput, ImportResult, LabelCounts, LabelInput } from './photos.ts';
import { Notice, Progress } from './progress.ts';
import { TrainEvent, TrainInput, TrainResult } from './training.ts';

const failures = Object.fromEntries(errorCodes.map((code) => [code, { data: ErrorData }])) as {
  [code in (typeof errorCodes)[number]]: { data: typeof ErrorData };
};

const procedure = oc.errors(failures);
const working = z.discriminatedUnion('kind', [Progress, Notice]);

/** Every endpoint of the engine. Long work is a stream that yields events and returns its result. */
export const contract = {
  doctor: procedure.output(DoctorReport),
  listBackbones: procedure.output(z.array(BackboneInfo)),
  addBackbone: procedure
    .input(z.object({ backbone: z.string(), file: z.string().optional() }))
    .output(eventIterator(working, BackboneInfo)),
  importPhotos: procedure.input(ImportInput).output(eventIterator(working, ImportResult)),
  labelPhotos: procedure.input(LabelInput).output(z.object({ labels: LabelCounts })),
  readLabels: procedure
    .input(z.object({ project: z.string(), csv: z.string() }))
    .output(z.object({ labelled: z.number().int(), unknown: z.array(z.string()), labels: LabelCounts })),
  writeLabels: procedure
    .input(z.object({ project: z.string(), csv: z.string() }))
    .output(z.object({ written: z.number().int() })),
  undo: procedure
    .input(z.object({ project: z.string() }))
    .output(z.object({ undone: z.string().nullable() })),
  redo: procedure
    .input(z.object({ project: z.string() }))
    .output(z.object({ redone: z.string().nullable() })),
  trainModel: procedure.input(TrainInput).output(eventIterator(TrainEvent, TrainResult)),
  evaluateModel: procedure.input(EvaluateInput).output(eventIterator(working, EvaluateResult)),
  predictPhotos: procedure
    .input(PredictInput)
    .output(
      eventIterator(
        z.discriminatedUnion('kind', [Progress, Notice, Prediction, SkippedEvent]),
        z.object({ predicted: z.number().int(), skipped: z.number().int() }),
      ),
    ),
  exportModel: procedure.input(ExportInput).output(eventIterator(working, ExportResult)),
};
