import type { LabTrainInput, LabTrainResult, TrainEvent } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { measure } from '../evaluation/metrics.ts';
import type { Library } from '../library/index.ts';
import { findNetwork } from '../networks/registry.ts';
import { buffersOf } from '../tensorflow/thread-messages.ts';
import { inputFor } from './input-for.ts';
import { keepNetwork, newNetworkId } from './kept-networks.ts';
import type { LabSets } from './lab-sets.ts';
import { readMnist } from './read-mnist.ts';
import { readProjectImages } from './read-project-images.ts';
import { settingsFor, variationFor } from './recipes.ts';
import { runtimeNotices, sizeNotices } from './lab-notices.ts';
import { splitMnist } from './split-mnist.ts';
import type { LabTask } from './train-lab-task.ts';

export interface LabSignals {
  readonly signal: AbortSignal;
  /** Ends the training early and keeps what was learned so far. */
  readonly stop?: AbortSignal;
}

/**
 * Trains a network from scratch on MNIST's digits or on a project's photos, judges it on images that it never saw and keeps it.
 * What is not chosen is its recipe's. `library` opens the project of the data.
 * @throws ScenelabError NOT_FOUND, NOT_READABLE, USAGE, NO_PHOTOS, TOO_FEW_LABELS, TOO_FEW_PHOTOS, NEEDS_NATIVE_TENSORFLOW,
 * DISK_FULL, NOT_WRITABLE
 */
export async function* trainLabNetwork(
  compute: Compute,
  library: (project: string) => Library,
  { network: id, data, settings: chosen }: LabTrainInput,
  { signal, stop = new AbortController().signal }: LabSignals,
): AsyncGenerator<TrainEvent, LabTrainResult> {
  const settings = settingsFor(id, data.kind, chosen);
  const network = findNetwork(id);
  const runtime = await compute.call('describeRuntime', null, { signal });
  yield* runtimeNotices(runtime, network);
  yield* sizeNotices(network, settings, chosen);
  const { name, ...sets } =
    data.kind === 'mnist'
      ? splitMnist(await readMnist(), settings)
      : yield* readProjectImages(library(data.project), settings, signal);
  const { classNames, shape } = sets.test;
  const task: LabTask = {
    id: newNetworkId(id),
    network: id,
    input: inputFor(id, settings.inputSize, shape[2]),
    width: settings.width,
    classes: classNames.length,
    settings,
    variation: settings.augment ? variationFor(id, data.kind) : null,
    sets,
  };
  const counts = countsOf(sets);
  const truth = sets.test.labels.slice();
  const trained = yield* runTask(compute, task, { signal, stop });
  const { weights, parameters, history, probabilities, seconds, seen } = trained;
  const known = {
    ...{ id: task.id, network: id, name: network.name, input: task.input, parameters },
    ...{ data, dataName: name, classNames: [...classNames], settings, photos: counts, history },
    test: measure(probabilities, truth, classNames),
    seconds,
    photosPerSecond: seen / seconds,
    device: runtime.device,
    trainedAt: new Date().toISOString(),
  };
  return keepNetwork(known, weights);
}

/** The training in the compute thread, which the pixels move to. */
async function* runTask(compute: Compute, task: LabTask, { signal, stop }: Required<LabSignals>) {
  const end = () => void compute.call('endLabTraining', { id: task.id }).catch(() => undefined);
  stop.addEventListener('abort', end, { once: true });
  try {
    return yield* compute.stream('trainLabNetwork', task, { signal, transfer: buffersOf(task.sets) });
  } finally {
    stop.removeEventListener('abort', end);
  }
}

function countsOf({ train, validation, test }: Omit<LabSets, 'name'>): LabTrainResult['photos'] {
  return {
    train: train.labels.length,
    validation: validation?.labels.length ?? 0,
    test: test.labels.length,
  };
}
