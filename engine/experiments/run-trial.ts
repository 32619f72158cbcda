import type { PixelScale } from '../../contract/index.ts';
import { argmax } from '../evaluation/argmax.ts';
import {
  trainNetwork,
  type LabelledPixels,
  type NetworkInput,
  type NetworkSettings,
} from '../gradient-descent/train-network.ts';
import { lowerTrainable, type InferenceGraph, type TrainableGraph } from '../graph/index.ts';
import { openGraph } from '../inference/index.ts';
import type { Layers } from '../inspect/layer.ts';
import { networkOfLayers } from '../inspect/network-of-layers.ts';
import type { LabelledImages } from '../lab/labelled-images.ts';
import { imagesAt, type Variation } from '../lab/vary-images.ts';
import { startRuntime } from '../tensorflow/index.ts';
import { movedImages } from './image-sets.ts';
import { progressAt, type TrialProgress } from './trial-progress.ts';

/** One training from scratch and what it is judged by. Plain data. */
export interface Trial {
  /** The last one gives logits. */
  readonly layers: Layers;
  readonly pixelScale: PixelScale;
  readonly settings: NetworkSettings;
  /** How images are varied, otherwise in every epoch; null where they are not. */
  readonly variation: Variation | null;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** By how many pixels the test images are moved; 0 is as they are. */
  readonly moves: readonly number[];
}

const answeredAtOnce = 500;

/**
 * Trains a network and gives the share of test images that it has right, for each of the moves. What it gives follows from the
 * trial alone. A task of the compute thread; throws the signal's reason between two steps.
 * @throws ScenelabError USAGE where layers don't fit together
 */
export async function* runTrial(
  trial: Trial,
  signal: AbortSignal,
): AsyncGenerator<TrialProgress, { accuracies: number[] }, void> {
  await startRuntime();
  const graph = yield* learn(trial, signal);
  const opened = await openGraph(graph, { pixelScale: trial.pixelScale });
  try {
    const accuracies: number[] = [];
    for (const by of trial.moves) {
      signal.throwIfAborted();
      accuracies.push(await accuracyOn(opened.run.bind(opened), movedImages(trial.test, by)));
    }
    return { accuracies };
  } finally {
    opened.dispose();
  }
}

async function* learn(
  { layers, pixelScale, settings, train, variation }: Trial,
  signal: AbortSignal,
): AsyncGenerator<TrialProgress, InferenceGraph, void> {
  const varied = (epoch: number | null) =>
    variation && epoch !== null ? { variation, epoch, seed: settings.seed } : null;
  const pixels: LabelledPixels['pixels'] = (places, epoch) =>
    imagesAt(train, places, { varied: varied(epoch) });
  const input: NetworkInput = {
    network: trainableOf(layers, train.shape),
    pixelScale,
    classes: train.classNames.length,
    settings,
    train: { labels: train.labels, pixels },
    validation: null,
  };
  for (const events = trainNetwork(input, signal); ;) {
    const next = await events.next();
    if (next.done) return next.value.graph;
    yield progressAt(next.value, settings.epochs);
  }
}

function trainableOf(layers: Layers, shape: LabelledImages['shape']): TrainableGraph {
  const model = networkOfLayers(layers, shape);
  try {
    return lowerTrainable(model);
  } finally {
    model.dispose();
  }
}

async function accuracyOn(
  run: (pixels: Uint8Array, n: number) => Promise<Float32Array[]>,
  { labels, pixels, classNames }: LabelledImages,
): Promise<number> {
  const [values, classes] = [pixels.length / labels.length, classNames.length];
  let right = 0;
  for (let from = 0; from < labels.length; from += answeredAtOnce) {
    const n = Math.min(answeredAtOnce, labels.length - from);
    const [logits = new Float32Array()] = await run(pixels.slice(from * values, (from + n) * values), n);
    for (let i = 0; i < n; i++)
      if (argmax(logits.subarray(i * classes, (i + 1) * classes)) === labels[from + i]) right++;
  }
  return right / labels.length;
}
