import { setImmediate } from 'node:timers/promises';
import type { Epoch, PixelScale } from '../../contract/index.ts';
import {
  freeze,
  subgraph,
  withWeights,
  type InferenceGraph,
  type TrainableGraph,
  type Weight,
} from '../graph/index.ts';
import { fitOf, type Fit } from '../head/softmax.ts';
import { targetsOf } from '../head/targets.ts';
import { randomFor, shuffled } from '../random.ts';
import { AveragedWeights } from './average-weights.ts';
import { EpochMeter } from './epoch-meter.ts';
import { initialWeights, type Initial } from './initial-weights.ts';
import type { NetworkEvent } from './network-event.ts';
import { openNetwork, withoutSoftmax } from './open-network.ts';
import type { OptimizerSettings } from './optimizer.ts';
import { learningRateAt } from './schedule.ts';
import type { TrainableNetwork } from './trainable-network.ts';

export interface NetworkSettings extends OptimizerSettings {
  readonly epochs: number;
  readonly batchSize: number;
  /** The highest. */
  readonly learningRate: number;
  /** Whether the rate rises over the first `warmup` of the steps and falls to zero as a cosine, or stays. */
  readonly schedule: 'cosine' | 'constant';
  readonly warmup: number;
  readonly labelSmoothing: number;
  /** Steps over which the weights that judge and are given are averaged; those of the last step by default. */
  readonly averageOver?: number | null;
  /** How the first weights are drawn, `he` by default. */
  readonly initial?: Initial;
  readonly seed: number;
}

/** Photos by their places 0 … labels − 1. */
export interface LabelledPixels {
  /** Class index of each. */
  readonly labels: Int32Array;
  /**
   * Pixels 0 … 255 of some of them, one after the other, in the shape of the network's input; varied as epoch (0 is the first)
   * and place demand where they are learned from, unvaried where epoch is null.
   */
  pixels(places: Int32Array, epoch: number | null): Uint8Array | Promise<Uint8Array>;
}

export interface NetworkInput {
  /** Its first output is the answer, as logits or probabilities; the others are auxiliary classifiers. */
  readonly network: TrainableGraph;
  readonly pixelScale: PixelScale;
  readonly classes: number;
  readonly settings: NetworkSettings;
  readonly train: LabelledPixels;
  /** Photos that every epoch is judged by; nothing is chosen by them. */
  readonly validation: LabelledPixels | null;
  /** Photos of a batch that go through the network at once, all by default: less memory. */
  readonly photosAtOnce?: number;
}

export interface NetworkResult {
  /** The network after its last epoch, batch norm folded, as it answers; averaged where the settings say so. */
  readonly graph: InferenceGraph;
  /** Its weights with the running statistics of batch norm, by `<node>/<part>`. */
  readonly weights: Map<string, Weight>;
  readonly history: Omit<Epoch, 'stage' | 'best'>[];
}

/**
 * Trains a network from scratch. Yields steps (at most 20 a second) and epochs. Weights, order and dropout follow from the
 * seed. Throws the signal's reason between two steps; `stop` ends it there, with what was learned so far.
 */
export async function* trainNetwork(
  input: NetworkInput,
  signal: AbortSignal,
  stop: AbortSignal = new AbortController().signal,
): AsyncGenerator<NetworkEvent, NetworkResult, void> {
  const { pixelScale, settings, validation, photosAtOnce = Infinity } = input;
  const logits = withoutSoftmax(input.network);
  const graph = withWeights(logits, initialWeights(logits, settings.seed, settings.initial));
  using network = await openNetwork({ graph, pixelScale, settings }, photosAtOnce);
  const average = settings.averageOver ? new AveragedWeights(settings.averageOver) : null;
  const history: NetworkResult['history'] = [];
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const fit = yield* trainEpoch(network, average, { ...input, epoch }, { signal, stop });
    if (fit === null) break;
    const portion = Math.min(settings.batchSize, photosAtOnce);
    const checked = validation && (await judge(network, average, validation, portion, signal));
    const done = {
      kind: 'epoch',
      epoch: epoch + 1,
      epochs: settings.epochs,
      ...fit,
      validationLoss: checked?.loss ?? null,
      validationAccuracy: checked?.accuracy ?? null,
    } as const;
    history.push(done);
    yield done;
  }
  const weights = new Map(average?.mean() ?? network.weights());
  const answer = subgraph(input.network, null, input.network.outputs.slice(0, 1));
  return { graph: freeze(withWeights(answer, weights)), weights, history };
}

/** One pass over the photos; gives the mean loss and accuracy as they were seen, null where it was stopped. */
async function* trainEpoch(
  network: TrainableNetwork,
  average: AveragedWeights | null,
  { train, settings, classes, epoch }: NetworkInput & { readonly epoch: number },
  { signal, stop }: { signal: AbortSignal; stop: AbortSignal },
): AsyncGenerator<NetworkEvent, Fit | null, void> {
  const photos = train.labels.length;
  const batches = batchesOf(photos, settings, epoch);
  const schedule = { ...settings, steps: settings.epochs * batches.length };
  const meter = new EpochMeter(epoch, batches.length, (settings.epochs - epoch) * photos);
  for (const [index, places] of batches.entries()) {
    await setImmediate();
    signal.throwIfAborted();
    if (stop.aborted) return null;
    const step = epoch * batches.length + index;
    const rate = settings.schedule === 'cosine' ? learningRateAt(step, schedule) : settings.learningRate;
    const labels = places.map((place) => train.labels[place] ?? 0);
    const targets = targetsOf(labels, classes, { ...settings, classWeights: false });
    const fit = fitOf(
      network.step({ pixels: await train.pixels(places, epoch), ...targets }, rate, step),
      labels,
    );
    if (average?.wants(step)) average.add(network.weights());
    const event = meter.take(fit, places.length);
    if (event) yield event;
  }
  return meter.fit;
}

/** All places in an order of the epoch's own, in batches of nearly the same size. */
function batchesOf(photos: number, { seed, batchSize }: NetworkSettings, epoch: number): Int32Array[] {
  const order = shuffled(photos, randomFor(seed, 'order', epoch));
  const steps = Math.ceil(photos / batchSize);
  const start = (step: number) => Math.floor((step * photos) / steps);
  return Array.from({ length: steps }, (_, step) => order.subarray(start(step), start(step + 1)));
}

/** How the network answers, with its averaged weights if there are any; it keeps its own. */
async function judge(
  network: TrainableNetwork,
  average: AveragedWeights | null,
  photos: LabelledPixels,
  portion: number,
  signal: AbortSignal,
): Promise<Fit> {
  const mean = average?.mean();
  if (!mean) return answer(network, photos, portion, signal);
  const own = network.weights();
  network.restore(mean);
  const fit = await answer(network, photos, portion, signal);
  network.restore(own);
  return fit;
}

async function answer(
  network: TrainableNetwork,
  { labels, pixels }: LabelledPixels,
  portion: number,
  signal: AbortSignal,
): Promise<Fit> {
  const logits: number[] = [];
  for (let from = 0; from < labels.length; from += portion) {
    await setImmediate();
    signal.throwIfAborted();
    const count = Math.min(portion, labels.length - from);
    logits.push(
      ...network.logits(
        await pixels(
          Int32Array.from({ length: count }, (_, i) => from + i),
          null,
        ),
      ),
    );
  }
  return fitOf(Float32Array.from(logits), labels);
}
