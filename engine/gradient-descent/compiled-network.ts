import {
  statisticsOf,
  toTrainingGraph,
  weightsOf,
  type NetworkInTraining,
  type TrainingCall,
  type TrainingGraph,
} from '../graph/index.ts';
import { openNativeCalls, type NativeCalls } from '../inference/index.ts';
import { randomFor } from '../random.ts';
import { tf } from '../tensorflow/index.ts';
import { CompiledSteps, ruleOf } from './compiled-steps.ts';
import {
  auxiliaryShare,
  type NetworkToTrain,
  type PixelBatch,
  type TrainableNetwork,
} from './trainable-network.ts';

/**
 * A network trained as one graph of native TensorFlow: a step is one call. What dropout drops follows from the settings' seed
 * and the number of the step.
 */
export async function openCompiledNetwork(
  { graph, pixelScale, settings }: NetworkToTrain,
  photosAtOnce = Infinity,
): Promise<TrainableNetwork> {
  const network: NetworkInTraining = { graph, auxiliaryShare, pixelScale, dropout: 'drawn' };
  const training = toTrainingGraph(network, ruleOf(settings));
  const calls = await openNativeCalls(training);
  const opened = new CompiledNetwork(training, calls, photosAtOnce, settings.seed);
  opened.restore(new Map([...weightsOf(graph), ...statisticsOf(graph), ...opened.emptySlots()]));
  return opened;
}

class CompiledNetwork extends CompiledSteps implements TrainableNetwork {
  readonly #seed: number;

  constructor(graph: TrainingGraph, calls: NativeCalls<TrainingCall>, photosAtOnce: number, seed: number) {
    super(graph, calls, photosAtOnce);
    this.#seed = seed;
  }

  step({ pixels, ...batch }: PixelBatch, learningRate: number, step: number): Float32Array {
    const dropout = (from: number) => {
      const seed = Math.floor(randomFor(this.#seed, 'dropout', step, from)() * 2 ** 31);
      return tf.scalar(seed, 'int32');
    };
    return this.takeStep({ ...batch, features: pixels, dropout }, learningRate, step);
  }

  logits(pixels: Uint8Array): Float32Array {
    return this.forward(pixels);
  }
}
