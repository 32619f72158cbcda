import {
  nodeNamed,
  statisticsOf,
  toTrainingGraph,
  weightsOf,
  type NetworkInTraining,
  type Weight,
} from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { asString, openCompiledSteps, type CompiledSteps } from './compiled-steps.ts';
import { ruleOf } from './compiled-tail.ts';
import { randomFor } from './random.ts';
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
  const steps = await openCompiledSteps(toTrainingGraph(network, ruleOf(settings)), photosAtOnce);
  steps.restore(new Map([...weightsOf(graph), ...statisticsOf(graph), ...steps.emptySlots()]));
  const [classes = 0] = nodeNamed(graph, graph.outputs[0] ?? '').shape;
  return new CompiledNetwork(steps, classes, settings.seed);
}

class CompiledNetwork implements TrainableNetwork {
  readonly #steps: CompiledSteps;
  readonly #classes: number;
  readonly #seed: number;

  constructor(steps: CompiledSteps, classes: number, seed: number) {
    this.#steps = steps;
    this.#classes = classes;
    this.#seed = seed;
  }

  step(batch: PixelBatch, learningRate: number, step: number): Float32Array {
    const part = (from: number, to: number) => this.#inputs(batch, from, to, step);
    return this.#steps.step(part, batch.weights.length, learningRate, step);
  }

  logits(pixels: Uint8Array): Float32Array {
    return this.#steps.logits(pixels);
  }

  weights(): Map<string, Weight> {
    return this.#steps.weights();
  }

  slots(): Map<string, Weight> {
    return this.#steps.slots();
  }

  restore(tensors: ReadonlyMap<string, Weight>): void {
    this.#steps.restore(tensors);
  }

  [Symbol.dispose](): void {
    this.#steps[Symbol.dispose]();
  }

  /** The photos from one to another; the loss of each counts for its share in the whole batch. */
  #inputs(batch: PixelBatch, from: number, to: number, step: number): tf.NamedTensorMap {
    const { pixels, targets, weights } = batch;
    const [photos, classes, values] = [to - from, this.#classes, pixels.length / weights.length];
    const seed = Math.floor(randomFor(this.#seed, 'dropout', step, from)() * 2 ** 31);
    return {
      features: asString(pixels.subarray(from * values, to * values)),
      targets: tf.tensor2d(targets.subarray(from * classes, to * classes), [photos, classes]),
      weights: tf.tensor1d(weights.subarray(from, to).map((weight) => weight / weights.length)),
      dropout: tf.scalar(seed, 'int32'),
    };
  }
}
