import {
  nodeNamed,
  toTrainingGraph,
  weightsOf,
  type InferenceGraph,
  type TrainableGraph,
  type TrainableNode,
  type TrainingCall,
  type TrainingGraph,
} from '../graph/index.ts';
import type { HeadWeights } from '../head/head.ts';
import { openNativeCalls, type NativeCalls } from '../inference/index.ts';
import { tf } from '../tensorflow/index.ts';
import { CompiledSteps, ruleOf } from './compiled-steps.ts';
import type { OptimizerSettings } from './optimizer.ts';
import type { TailBatch, TrainableTail } from './trainable-tail.ts';

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
  const training = toTrainingGraph(network, ruleOf(settings));
  const embeddingSize = head.kernel.length / head.bias.length;
  const tail = new CompiledTail(training, await openNativeCalls(training), photosAtOnce, embeddingSize);
  tail.restore(new Map([...weightsOf(whole), ...tail.emptySlots()]));
  return tail;
}

class CompiledTail extends CompiledSteps implements TrainableTail {
  readonly embeddingSize: number;

  constructor(
    graph: TrainingGraph,
    calls: NativeCalls<TrainingCall>,
    photosAtOnce: number,
    embeddingSize: number,
  ) {
    super(graph, calls, photosAtOnce);
    this.embeddingSize = embeddingSize;
  }

  step({ features, dropout: mask, ...batch }: TailBatch, learningRate: number, step: number): Float32Array {
    const size = this.embeddingSize;
    const dropout = (from: number, to: number) => {
      const shape: [number, number] = [to - from, size];
      return mask ? tf.tensor2d(mask.subarray(from * size, to * size), shape) : tf.ones(shape);
    };
    return this.takeStep({ ...batch, features: bytesOf(features), dropout }, learningRate, step);
  }

  logits(features: Float16Array<ArrayBuffer>): Float32Array {
    return this.forward(bytesOf(features));
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
