import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Epoch, type Step } from '../../contract/index.ts';
import { readCheckpointState } from '../gradient-descent/checkpoint.ts';
import type { TailResult } from '../gradient-descent/fit-tail.ts';
import type { TailInput } from '../gradient-descent/tail-input.ts';
import { openEmbeddings } from '../head/embeddings.ts';
import { fitTemperature } from '../head/fit-temperature.ts';
import { headLogits, type HeadWeights } from '../head/head.ts';
import type { Examples } from './plan-training.ts';
import { headPenalty } from './settings.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { TrainedParts } from './trained-network.ts';
import type { TrainingContext } from './training-context.ts';
import { cutCache, cutPhotos, embeddingsOf } from './training-features.ts';

export interface FittedModel {
  readonly parts: TrainedParts;
  /** Epochs of fine-tuning that gave these weights; 0 for the head alone. */
  readonly bestEpoch: number;
  readonly history: readonly Epoch[];
}

/** What the validation photos decided, for a refit, which has none. */
export interface Chosen {
  readonly lastEpoch: number;
  readonly temperature: number;
  /** Where the head begins. */
  readonly start?: HeadWeights;
}

/**
 * Fits the head on cached embeddings, then the tail on cached cut features. `validation` chooses the best epoch and the
 * temperature; where it has no photos, all epochs count and the temperature is 1. Without it this is a refit: training ends
 * after `lastEpoch`, the temperature is the one given, and the head is fitted from `start` on, where there is one.
 */
export async function* fitModel(
  context: TrainingContext,
  train: Examples,
  how: { validation: Examples } | Chosen,
): AsyncGenerator<Step | Epoch, FittedModel> {
  const { settings, compute, classes, signal, clock } = context;
  const validation = 'validation' in how && how.validation.photos.length > 0 ? how.validation : null;
  const head = await timed(clock, 'head', () => {
    const known = embeddingsOf(context, train, settings.variants);
    const { classWeights, cut } = settings;
    // Smoothed targets keep a head that is trained to its optimum one to three points below what it can do.
    const labelSmoothing = cut === null ? settings.labelSmoothing : 0;
    const start = 'start' in how ? { start: how.start } : {};
    const input = { ...known, ...start, labelSmoothing, classWeights, classes, penalty: headPenalty };
    return compute.call('fitHead', input, { signal });
  });
  const parts = { backbone: settings.backbone, tail: new Map(), head };
  if (settings.cut === null) {
    const logits = validation && answersOf(context, head, validation);
    return {
      parts: { ...parts, temperature: temperatureOf(logits, validation, how) },
      bestEpoch: 0,
      history: [],
    };
  }
  const tail = yield* fitTailOf(context, settings.cut, {
    head,
    train,
    validation,
    ...('lastEpoch' in how
      ? { stage: 'refit', lastEpoch: how.lastEpoch }
      : { stage: 'fine-tune', lastEpoch: null }),
  });
  const weights = new Map(tail.weights);
  const trained: HeadWeights = {
    kernel: weights.get('logits/kernel')?.data ?? head.kernel,
    bias: weights.get('logits/bias')?.data ?? head.bias,
  };
  const temperature = temperatureOf(tail.validationLogits, validation, how);
  return {
    parts: { ...parts, tail: weights, head: trained, temperature },
    bestEpoch: tail.bestEpoch,
    history: tail.history,
  };
}

/** Logits of photos by a head alone, from their cached embeddings, `[photos, classes]`. */
function answersOf(context: TrainingContext, head: HeadWeights, photos: Examples): Float32Array {
  using embeddings = openEmbeddings(embeddingsOf(context, photos, 1).embeddings);
  return headLogits(head, embeddings);
}

async function* fitTailOf(
  context: TrainingContext,
  cut: string,
  training: Pick<TailInput, 'stage' | 'head' | 'lastEpoch'> & {
    train: Examples;
    validation: Examples | null;
  },
): AsyncGenerator<Step | Epoch, TailResult> {
  const { settings, classes, compute, clock, signal, stop } = context;
  const { stage, head, lastEpoch, train, validation } = training;
  using _ = clock.start(stage);
  using cache = cutCache(context, cut);
  const input: TailInput = {
    stage,
    settings,
    classes,
    cache: { folder: cache.folder, valuesPerRow: cache.valuesPerRow },
    train: cutPhotos(cache, train, settings.variants),
    validation: validation && cutPhotos(cache, validation, 1),
    head,
    lastEpoch,
    photosAtOnce: context.photosAtOnce,
    checkpoint: checkpointFile(context.runFolder, stage),
  };
  const task = { ...input, backbone: settings.backbone, cut };
  try {
    return yield* compute.stream('fitTail', task, { signal: AbortSignal.any([signal, stop]) });
  } catch (error) {
    if (signal.aborted || !stop.aborted) throw error;
    // The best so far is in the checkpoint; with no epoch left to do it is what comes back.
    return yield* compute.stream('fitTail', { ...task, lastEpoch: 0 }, { signal });
  }
}

/** Where a stage keeps what it needs to go on after a kill. */
export function checkpointFile(runFolder: string, stage: 'fine-tune' | 'refit'): string {
  return join(runFolder, `${stage}.checkpoint`);
}

/** Whole epochs that a stage has behind it; null when it has not begun. */
export function epochsDone(runFolder: string, stage: 'fine-tune' | 'refit'): number | null {
  const State = z.object({ history: z.array(Epoch) });
  return readCheckpointState(checkpointFile(runFolder, stage), State)?.history.length ?? null;
}

/** Removes what both stages keep. */
export function removeCheckpoints(runFolder: string): void {
  for (const stage of ['fine-tune', 'refit'] as const)
    rmSync(checkpointFile(runFolder, stage), { force: true });
}

function temperatureOf(
  logits: Float32Array | null,
  validation: Examples | null,
  how: object & { temperature?: number },
): number {
  if (how.temperature !== undefined) return how.temperature;
  return logits && validation && logits.length > 0 ? fitTemperature(logits, validation.labels) : 1;
}

async function timed<T>(clock: Stopwatch, stage: string, work: () => Promise<T>): Promise<T> {
  using _ = clock.start(stage);
  return await work();
}
