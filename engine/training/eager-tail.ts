import { runEagerly, type InferenceGraph, type Weight } from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import type { HeadWeights } from './head.ts';
import { Optimizer, type TrainableWeight } from './optimizer.ts';
import type { OptimizerSettings, TailBatch, TrainableTail } from './trainable-tail.ts';

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

class EagerTail implements TrainableTail {
  readonly embeddingSize: number;
  readonly #graph: InferenceGraph;
  readonly #shape: readonly number[];
  readonly #classes: number;
  readonly #weights = new Map<string, TrainableWeight>();
  readonly #optimizer: Optimizer;

  constructor(graph: InferenceGraph, { kernel, bias }: HeadWeights, settings: OptimizerSettings) {
    this.#graph = graph;
    this.#shape = graph.nodes[0]?.shape ?? [];
    this.#classes = bias.length;
    this.embeddingSize = kernel.length / bias.length;
    for (const node of graph.nodes) {
      if (!('kernel' in node)) continue;
      this.#add(`${node.name}/kernel`, node.kernel);
      this.#add(`${node.name}/bias`, node.bias);
    }
    this.#add('logits/kernel', { shape: [this.embeddingSize, bias.length], data: kernel });
    this.#add('logits/bias', { shape: [bias.length], data: bias });
    this.#optimizer = new Optimizer(this.#weights, settings);
  }

  step(batch: TailBatch, learningRate: number, step: number): Float32Array {
    return tf.tidy(() => {
      const targets = tf.tensor2d(batch.targets, [batch.weights.length, this.#classes]);
      const weights = tf.tensor1d(batch.weights);
      let logits: tf.Tensor | undefined;
      const { grads } = tf.variableGrads(
        () => {
          // Kept, because the scope of the gradient throws away what it does not return.
          logits = tf.keep(this.#forward(batch.features, batch.dropout));
          const losses = tf.logSoftmax(logits).mul(targets).sum(-1).neg();
          return losses.mul(weights).mean<tf.Scalar>();
        },
        [...this.#weights.values()].map(({ variable }) => variable),
      );
      const gradients = new Map<string, tf.Tensor>();
      for (const [name, { variable }] of this.#weights) {
        const gradient = grads[variable.name];
        if (gradient) gradients.set(name, gradient);
      }
      this.#optimizer.apply(gradients, learningRate, step);
      return valuesOf(logits);
    });
  }

  logits(features: Float16Array): Float32Array {
    return tf.tidy(() => this.#forward(features, null).dataSync<'float32'>());
  }

  weights(): Map<string, Weight> {
    return new Map([...this.#weights].map(([name, { variable }]) => [name, read(variable)]));
  }

  slots(): Map<string, Weight> {
    return new Map([...this.#optimizer.slots].map(([name, slot]) => [name, read(slot)]));
  }

  restore(tensors: ReadonlyMap<string, Weight>): void {
    const variables = new Map(this.#optimizer.slots);
    for (const [name, { variable }] of this.#weights) variables.set(name, variable);
    for (const [name, { shape, data }] of tensors)
      tf.tidy(() => variables.get(name)?.assign(tf.tensor(data, [...shape])));
  }

  [Symbol.dispose](): void {
    this.#optimizer[Symbol.dispose]();
    for (const { variable } of this.#weights.values()) variable.dispose();
  }

  #add(name: string, { shape, data }: Weight): void {
    const variable = tf.tidy(() => tf.variable(tf.tensor(data, [...shape])));
    this.#weights.set(name, { variable, decays: name.endsWith('/kernel') });
  }

  #variable(name: string): tf.Variable {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw new Error(`no weight ${name}`);
    return weight.variable;
  }

  #forward(features: Float16Array, dropout: Float32Array | null): tf.Tensor {
    const photos = features.length / this.#shape.reduce((product, size) => product * size, 1);
    const x = tf.tensor(new Float32Array(features), [photos, ...this.#shape]);
    const weightOf = (node: { name: string }, part: string) => this.#variable(`${node.name}/${part}`);
    const [embedding] = runEagerly(this.#graph, x, weightOf);
    if (embedding === undefined) throw new Error(`${this.#graph.name} has no output`);
    const shape: [number, number] = [photos, this.embeddingSize];
    const kept = dropout === null ? embedding : embedding.mul(tf.tensor2d(dropout, shape));
    return tf.matMul(kept, this.#variable('logits/kernel')).add(this.#variable('logits/bias'));
  }
}

function read(variable: tf.Variable): Weight {
  return { shape: variable.shape, data: variable.dataSync<'float32'>() };
}

function valuesOf(logits: tf.Tensor | undefined): Float32Array {
  if (logits === undefined) throw new Error('the loss was not computed');
  const values = logits.dataSync<'float32'>();
  logits.dispose();
  return values;
}
