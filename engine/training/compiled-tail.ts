import {
  nodeNamed,
  toTrainingGraph,
  weightsOf,
  type InferenceGraph,
  type TrainableGraph,
  type TrainableNode,
  type UpdateRule,
  type Weight,
} from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { asString, openCompiledSteps, type CompiledSteps } from './compiled-steps.ts';
import type { HeadWeights } from './head.ts';
import { adamConstants } from './optimizer.ts';
import type { OptimizerSettings, TailBatch, TrainableTail } from './trainable-tail.ts';

/**
 * The tail trained as one graph of native TensorFlow: a step is one call. `graph` leads from the cut to the embedding; the
 * last layer begins as `head`. A batch of more than `photosAtOnce` goes through in parts, so that memory stays bounded;
 * the step is the same.
 */
export async function openCompiledTail(
  graph: InferenceGraph,
  head: HeadWeights,
  settings: OptimizerSettings,
  photosAtOnce = Infinity,
): Promise<TrainableTail> {
  const whole = withHead(graph, head);
  const network = { graph: whole, auxiliaryShare: 0, pixelScale: null, dropout: 'fed' } as const;
  const steps = await openCompiledSteps(toTrainingGraph(network, ruleOf(settings)), photosAtOnce);
  steps.restore(new Map([...weightsOf(whole), ...steps.emptySlots()]));
  return new CompiledTail(steps, head);
}

class CompiledTail implements TrainableTail {
  readonly embeddingSize: number;
  readonly #classes: number;
  readonly #steps: CompiledSteps;

  constructor(steps: CompiledSteps, { kernel, bias }: HeadWeights) {
    this.#steps = steps;
    this.#classes = bias.length;
    this.embeddingSize = kernel.length / bias.length;
  }

  step(batch: TailBatch, learningRate: number, step: number): Float32Array {
    const part = (from: number, to: number) => this.#inputs(batch, from, to);
    return this.#steps.step(part, batch.weights.length, learningRate, step);
  }

  logits(features: Float16Array<ArrayBuffer>): Float32Array {
    return this.#steps.logits(bytesOf(features));
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
  #inputs({ features, targets, weights, dropout }: TailBatch, from: number, to: number): tf.NamedTensorMap {
    const [photos, size, classes] = [to - from, this.embeddingSize, this.#classes];
    const values = features.length / weights.length;
    const factors = dropout?.subarray(from * size, to * size);
    return {
      features: asString(bytesOf(features.subarray(from * values, to * values))),
      targets: tf.tensor2d(targets.subarray(from * classes, to * classes), [photos, classes]),
      weights: tf.tensor1d(weights.subarray(from, to).map((weight) => weight / weights.length)),
      dropout: factors ? tf.tensor2d(factors, [photos, size]) : tf.ones([photos, size]),
    };
  }
}

function bytesOf(features: Float16Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(features.buffer, features.byteOffset, features.byteLength);
}

/** The tail with dropout and the last layer above it. */
function withHead(graph: InferenceGraph, { kernel, bias }: HeadWeights): TrainableGraph {
  const [embedding = ''] = graph.outputs;
  const classes = bias.length;
  const { shape } = nodeNamed(graph, embedding);
  const nodes: TrainableNode[] = [
    // The rate is that of the factors that are fed.
    { op: 'dropout', name: 'dropped', inputs: [embedding], shape, rate: 0 },
    {
      op: 'dense',
      name: 'logits',
      inputs: ['dropped'],
      shape: [classes],
      kernel: { shape: [kernel.length / classes, classes], data: kernel },
      bias: { shape: [classes], data: bias },
      activation: 'linear',
    },
  ];
  return { name: graph.name, nodes: [...graph.nodes, ...nodes], outputs: ['logits'] };
}

/** How the optimizer of the settings changes weights in a compiled step. */
export function ruleOf({ optimizer, momentum, weightDecay }: OptimizerSettings): UpdateRule {
  return optimizer === 'adam'
    ? { kind: 'adam', ...adamConstants, weightDecay }
    : { kind: 'sgd', momentum, weightDecay };
}
