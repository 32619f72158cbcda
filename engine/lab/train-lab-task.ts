import type { Epoch, ImageShape, LabSettings, Progress, Step } from '../../contract/index.ts';
import { epochsSeen } from '../gradient-descent/network-event.ts';
import {
  trainNetwork,
  type LabelledPixels,
  type NetworkInput,
  type NetworkResult,
} from '../gradient-descent/train-network.ts';
import { weightsOf, type InferenceGraph, type TrainableGraph, type Weight } from '../graph/index.ts';
import { openGraph } from '../inference/index.ts';
import { findNetwork } from '../networks/registry.ts';
import { startProgress } from '../progress.ts';
import { startRuntime } from '../tensorflow/index.ts';
import { buildLabNetwork, type LabNetworkSize } from './build-lab-network.ts';
import type { LabSets } from './lab-sets.ts';
import type { LabelledImages } from './labelled-images.ts';
import { imagesAt, type Variation, type Varied } from './vary-images.ts';

export interface LabTask extends LabNetworkSize {
  /** By which `endLabTraining` knows it. */
  readonly id: string;
  readonly settings: LabSettings;
  /** How images are varied; null where they are not. */
  readonly variation: Variation | null;
  readonly sets: Omit<LabSets, 'name'>;
}

export interface TrainedLabNetwork {
  /** With the running statistics of batch norm. */
  readonly weights: ReadonlyMap<string, Weight>;
  /** Those that gradients changed. */
  readonly parameters: number;
  readonly history: Epoch[];
  /** Of the test images, `[n, classes]`. */
  readonly probabilities: Float32Array;
  /** Of training. */
  readonly seconds: number;
  /** Images learned from, each as often as it was seen. */
  readonly seen: number;
}

const stage = 'from-scratch';
const answeredAtOnce = 100;
/** Of the trainings that run here, by their ids. */
const stops = new Map<string, AbortController>();

/** Trains a network from scratch and answers the test images: a task of the compute thread. */
export async function* trainLabTask(
  task: LabTask,
  signal: AbortSignal,
): AsyncGenerator<Progress | Step | Epoch, TrainedLabNetwork, void> {
  await startRuntime();
  const stop = new AbortController();
  stops.set(task.id, stop);
  try {
    const network = buildLabNetwork(task, { training: true });
    const began = performance.now();
    const { weights, graph, history, seen } = yield* learn(task, network, { signal, stop: stop.signal });
    const seconds = (performance.now() - began) / 1000;
    const probabilities = yield* answer(graph, task, signal);
    const sizes = [...weightsOf(network).values()].map(({ data }) => data.length);
    const parameters = sizes.reduce((sum, size) => sum + size, 0);
    return { weights, parameters, history, probabilities, seconds, seen };
  } finally {
    stops.delete(task.id);
  }
}

/** Ends a training with what was learned so far; nothing where it runs no more. */
export async function endLabTraining({ id }: { id: string }): Promise<void> {
  stops.get(id)?.abort();
}

/** The training itself; also gives how many images were learned from, each as often as it was seen. */
async function* learn(
  { network: id, classes, settings, sets, ...task }: LabTask,
  network: TrainableGraph,
  { signal, stop }: { signal: AbortSignal; stop: AbortSignal },
): AsyncGenerator<Step | Epoch, Omit<NetworkResult, 'history'> & { history: Epoch[]; seen: number }, void> {
  const { train, validation } = sets;
  const input: NetworkInput = {
    network,
    classes,
    pixelScale: findNetwork(id).pixelScale,
    settings: { ...settings, momentum: 0.9 },
    train: shown(train, task.input, task.variation && { variation: task.variation, seed: settings.seed }),
    validation: validation && shown(validation, task.input, null),
  };
  const history: Epoch[] = [];
  let seen = 0;
  for (const events = trainNetwork(input, signal, stop); ;) {
    const next = await events.next();
    if (next.done) return { ...next.value, history, seen };
    const event = next.value;
    seen = train.labels.length * epochsSeen(event);
    if (event.kind === 'step') yield { ...event, stage };
    else {
      history.push({ ...event, stage, best: false });
      yield { ...event, stage, best: false };
    }
  }
}

/** Images as a training asks for them. */
function shown(
  images: LabelledImages,
  shape: ImageShape,
  how: Pick<Varied, 'variation' | 'seed'> | null,
): LabelledPixels {
  return {
    labels: images.labels,
    pixels: (places, epoch) =>
      imagesAt(images, places, { shape, varied: how && epoch !== null ? { ...how, epoch } : null }),
  };
}

/** What the trained network says of the test images, by the path that answers everywhere else. */
async function* answer(
  graph: InferenceGraph,
  { network, input, sets: { test } }: LabTask,
  signal: AbortSignal,
): AsyncGenerator<Progress, Float32Array, void> {
  const progress = startProgress('evaluate', test.labels.length);
  const opened = await openGraph(graph, { pixelScale: findNetwork(network).pixelScale });
  const places = Int32Array.from(test.labels.keys());
  const probabilities: Float32Array[] = [];
  try {
    for (let from = 0; from < places.length; from += answeredAtOnce) {
      signal.throwIfAborted();
      const some = places.subarray(from, from + answeredAtOnce);
      const [answers] = await opened.run(imagesAt(test, some, { shape: input }), some.length);
      if (answers) probabilities.push(answers);
      const event = progress.at(from);
      if (event) yield event;
    }
    yield progress.now(places.length);
    return Float32Array.from(probabilities.flatMap((some) => [...some]));
  } finally {
    opened.dispose();
  }
}
