import {
  runTrainingEagerly,
  statisticsOf,
  weightsOf,
  type DropoutNode,
  type Weight,
} from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { dropoutMask } from './epoch-batches.ts';
import { Optimizer, type TrainableWeight } from './optimizer.ts';
import {
  auxiliaryShare,
  type NetworkToTrain,
  type PixelBatch,
  type TrainableNetwork,
} from './trainable-network.ts';

/**
 * A network trained operation by operation: the reference for the compiled one, and the fallback. Dropout draws other factors
 * than there.
 */
export function openEagerNetwork(network: NetworkToTrain): TrainableNetwork {
  return new EagerNetwork(network);
}

class EagerNetwork implements TrainableNetwork {
  readonly #network: NetworkToTrain;
  readonly #weights = new Map<string, TrainableWeight>();
  readonly #statistics = new Map<string, tf.Variable>();
  readonly #optimizer: Optimizer;

  constructor(network: NetworkToTrain) {
    this.#network = network;
    for (const [name, weight] of weightsOf(network.graph))
      this.#weights.set(name, { variable: variable(weight), decays: name.endsWith('/kernel') });
    for (const [name, weight] of statisticsOf(network.graph)) this.#statistics.set(name, variable(weight));
    this.#optimizer = new Optimizer(this.#weights, network.settings);
  }

  step({ pixels, targets, weights }: PixelBatch, learningRate: number, step: number): Float32Array {
    return tf.tidy(() => {
      const y = tf.tensor2d(targets, [weights.length, targets.length / weights.length]);
      const counts = tf.tensor1d(weights);
      let answer: tf.Tensor | undefined;
      const { grads } = tf.variableGrads(
        () => {
          const outputs = this.#forward(pixels, step);
          // Kept, because the scope of the gradient throws away what it does not return.
          answer = tf.keep(outputs[0]?.clone() ?? tf.scalar(NaN));
          const losses = outputs.map((logits, i) => {
            const entropy = tf.logSoftmax(logits).mul(y).sum(-1).neg().mul(counts).mean();
            return i === 0 ? entropy : entropy.mul(auxiliaryShare);
          });
          return tf.addN(losses).asScalar();
        },
        [...this.#weights.values()].map(({ variable }) => variable),
      );
      const gradients = new Map<string, tf.Tensor>();
      for (const [name, { variable }] of this.#weights) {
        const gradient = grads[variable.name];
        if (gradient) gradients.set(name, gradient);
      }
      this.#optimizer.apply(gradients, learningRate, step);
      return valuesOf(answer);
    });
  }

  logits(pixels: Uint8Array): Float32Array {
    return tf.tidy(() => this.#forward(pixels, null)[0]?.dataSync<'float32'>() ?? new Float32Array());
  }

  weights(): Map<string, Weight> {
    return new Map([...this.#variables()].map(([name, variable]) => [name, read(variable)]));
  }

  slots(): Map<string, Weight> {
    return new Map([...this.#optimizer.slots].map(([name, slot]) => [name, read(slot)]));
  }

  restore(tensors: ReadonlyMap<string, Weight>): void {
    const variables = new Map([...this.#variables(), ...this.#optimizer.slots]);
    for (const [name, { shape, data }] of tensors)
      tf.tidy(() => variables.get(name)?.assign(tf.tensor(data, [...shape])));
  }

  [Symbol.dispose](): void {
    this.#optimizer[Symbol.dispose]();
    for (const variable of this.#variables().values()) variable.dispose();
  }

  #variables(): Map<string, tf.Variable> {
    const weights = [...this.#weights].map(([name, { variable }]) => [name, variable] as const);
    return new Map([...weights, ...this.#statistics]);
  }

  #factors({ name, rate }: DropoutNode, x: tf.Tensor, step: number): tf.Tensor {
    const mask = dropoutMask(x.size, rate, this.#network.settings.seed, name, step);
    return mask ? tf.tensor(mask, x.shape) : tf.onesLike(x);
  }

  /** The outputs in the step of that number, or in evaluation (null). */
  #forward(pixels: Uint8Array, step: number | null): tf.Tensor[] {
    const { graph, pixelScale } = this.#network;
    const shape = graph.nodes[0]?.shape ?? [];
    const photos = pixels.length / shape.reduce((product, size) => product * size, 1);
    const x = tf.tensor(new Float32Array(pixels), [photos, ...shape]);
    const variables = this.#variables();
    return runTrainingEagerly(graph, x.sub(pixelScale.mean).div(pixelScale.standardDeviation), {
      weightOf: (name) => variables.get(name),
      factorsOf: step === null ? null : (node, x) => this.#factors(node, x, step),
      onBatch: ({ name, momentum }, batch) => {
        for (const part of ['mean', 'variance'] as const) {
          const running = variables.get(`${name}/${part}`);
          running?.assign(running.mul(momentum).add(batch[part].mul(1 - momentum)));
        }
      },
    });
  }
}

function variable({ shape, data }: Weight): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(data, [...shape])));
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
