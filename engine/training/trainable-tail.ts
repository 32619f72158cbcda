import type { TrainSettings } from '../../contract/index.ts';
import { runEagerly, type InferenceGraph, type Weight } from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import type { HeadWeights } from './head.ts';
import { Optimizer, type TrainableWeight } from './optimizer.ts';

/** What one optimizer step is made on. */
export interface TailBatch {
  /** Features at the cut, `[photos, ...shape of the cut]` float32. */
  readonly features: Float32Array;
  /** `[photos, classes]`. */
  readonly targets: Float32Array;
  /** How much each photo counts, `[photos]`. */
  readonly weights: Float32Array;
  /** Factors of the embedding, `[photos, embeddingSize]`; null when nothing is dropped. */
  readonly dropout: Float32Array | null;
}

/** The network above the cut while it is trained. Owns its tensors. */
export interface TrainableTail extends Disposable {
  readonly embeddingSize: number;
  /** One optimizer step (`step` counts from 0); gives the logits that it was made on, `[photos, classes]`. */
  step(batch: TailBatch, learningRate: number, step: number): Float32Array;
  /** Logits `[photos, classes]` of features at the cut, with the weights as they are. */
  logits(features: Float32Array): Float32Array;
  /** The weights by `<node>/kernel` and `<node>/bias`; those of the last layer are `logits/…`. */
  weights(): Map<string, Weight>;
  /** What the optimizer remembers, by weight and slot. */
  slots(): Map<string, Weight>;
  /** Takes over weights and slots by their names; others stay as they are. */
  restore(tensors: ReadonlyMap<string, Weight>): void;
}

/** Factor of the learning rate for the weights that the backbone brought. */
const backboneRate = 1;

type OptimizerSettings = Pick<TrainSettings, 'optimizer' | 'momentum' | 'weightDecay'>;

/**
 * The tail trained operation by operation. `graph` leads from the cut to the embedding, `[embeddingSize]`; the last
 * layer begins as `head`. Needs native TensorFlow for the gradients of its convolutions.
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
      this.#add(`${node.name}/kernel`, node.kernel, backboneRate);
      this.#add(`${node.name}/bias`, node.bias, backboneRate);
    }
    this.#add('logits/kernel', { shape: [this.embeddingSize, bias.length], data: kernel }, 1);
    this.#add('logits/bias', { shape: [bias.length], data: bias }, 1);
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

  logits(features: Float32Array): Float32Array {
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

  #add(name: string, { shape, data }: Weight, rate: number): void {
    const variable = tf.tidy(() => tf.variable(tf.tensor(data, [...shape])));
    this.#weights.set(name, { variable, rate, decays: name.endsWith('/kernel') });
  }

  #variable(name: string): tf.Variable {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw new Error(`no weight ${name}`);
    return weight.variable;
  }

  #forward(features: Float32Array, dropout: Float32Array | null): tf.Tensor {
    const photos = features.length / this.#shape.reduce((product, size) => product * size, 1);
    const x = tf.tensor(features, [photos, ...this.#shape]);
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
