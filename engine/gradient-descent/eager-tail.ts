import { runEagerly, weightsOf, type InferenceGraph, type Weight } from '../graph/index.ts';
import type { HeadWeights } from '../head/head.ts';
import { tf } from '../tensorflow/index.ts';
import { crossEntropy, EagerSteps } from './eager-steps.ts';
import type { OptimizerSettings } from './optimizer.ts';
import type { TailBatch, TrainableTail } from './trainable-tail.ts';

/**
 * The tail trained operation by operation: the reference for the compiled one, and the fallback. `graph` leads from the cut
 * to the embedding, `[embeddingSize]`; the last layer begins as `head`.
 */
export function openEagerTail(
  graph: InferenceGraph,
  head: HeadWeights,
  settings: OptimizerSettings,
): TrainableTail {
  return new EagerTail(graph, head, settings);
}

class EagerTail extends EagerSteps implements TrainableTail {
  readonly embeddingSize: number;
  readonly #graph: InferenceGraph;
  readonly #shape: readonly number[];

  constructor(graph: InferenceGraph, { kernel, bias }: HeadWeights, settings: OptimizerSettings) {
    const [embeddingSize, classes] = [kernel.length / bias.length, bias.length];
    const head: [string, Weight][] = [
      ['logits/kernel', { shape: [embeddingSize, classes], data: kernel }],
      ['logits/bias', { shape: [classes], data: bias }],
    ];
    super(new Map([...weightsOf(graph), ...head]), new Map(), settings);
    this.embeddingSize = embeddingSize;
    this.#graph = graph;
    this.#shape = graph.nodes[0]?.shape ?? [];
  }

  step({ features, dropout, ...labels }: TailBatch, learningRate: number, step: number): Float32Array {
    const lossOf = () => {
      const logits = this.#forward(features, dropout);
      return { logits, loss: crossEntropy(logits, labels) };
    };
    return this.takeStep(lossOf, learningRate, step);
  }

  logits(features: Float16Array): Float32Array {
    return tf.tidy(() => this.#forward(features, null).dataSync<'float32'>());
  }

  #forward(features: Float16Array, dropout: Float32Array | null): tf.Tensor {
    const photos = features.length / this.#shape.reduce((product, size) => product * size, 1);
    const x = tf.tensor(new Float32Array(features), [photos, ...this.#shape]);
    const variables = this.variables();
    const variableOf = (name: string) => {
      const variable = variables.get(name);
      if (variable === undefined) throw new Error(`no weight ${name}`);
      return variable;
    };
    const weightOf = (node: { name: string }, part: string) => variableOf(`${node.name}/${part}`);
    const [embedding] = runEagerly(this.#graph, x, weightOf);
    if (embedding === undefined) throw new Error(`${this.#graph.name} has no output`);
    const shape: [number, number] = [photos, this.embeddingSize];
    const kept = dropout === null ? embedding : embedding.mul(tf.tensor2d(dropout, shape));
    return tf.matMul(kept, variableOf('logits/kernel')).add(variableOf('logits/bias'));
  }
}
