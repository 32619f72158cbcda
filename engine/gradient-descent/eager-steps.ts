import type { Weight } from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { Optimizer, type OptimizerSettings, type TrainableWeight } from './optimizer.ts';

/** Weights that are trained operation by operation, with what the optimizer remembers of them. */
export class EagerSteps implements Disposable {
  readonly #weights = new Map<string, TrainableWeight>();
  readonly #statistics = new Map<string, tf.Variable>();
  readonly #optimizer: Optimizer;

  /** `weights` follow the gradient, the kernels among them decay; `statistics` do not. Both by `<node>/<part>`. */
  constructor(
    weights: ReadonlyMap<string, Weight>,
    statistics: ReadonlyMap<string, Weight>,
    settings: OptimizerSettings,
  ) {
    for (const [name, weight] of weights)
      this.#weights.set(name, { variable: variable(weight), decays: name.endsWith('/kernel') });
    for (const [name, weight] of statistics) this.#statistics.set(name, variable(weight));
    this.#optimizer = new Optimizer(this.#weights, settings);
  }

  weights(): Map<string, Weight> {
    return read(this.variables());
  }

  slots(): Map<string, Weight> {
    return read(this.#optimizer.slots);
  }

  restore(tensors: ReadonlyMap<string, Weight>): void {
    const variables = new Map([...this.variables(), ...this.#optimizer.slots]);
    for (const [name, { shape, data }] of tensors)
      tf.tidy(() => variables.get(name)?.assign(tf.tensor(data, [...shape])));
  }

  [Symbol.dispose](): void {
    this.#optimizer[Symbol.dispose]();
    for (const variable of this.variables().values()) variable.dispose();
  }

  /** Weights and statistics. */
  protected variables(): Map<string, tf.Variable> {
    const weights = [...this.#weights].map(([name, { variable }]) => [name, variable] as const);
    return new Map([...weights, ...this.#statistics]);
  }

  /** One optimizer step (`step` counts from 0) down the loss; gives the logits that it was made on. */
  protected takeStep(
    lossOf: () => { logits: tf.Tensor; loss: tf.Scalar },
    learningRate: number,
    step: number,
  ): Float32Array {
    return tf.tidy(() => {
      let answer: tf.Tensor | undefined;
      const { grads } = tf.variableGrads(
        () => {
          const { logits, loss } = lossOf();
          // Kept, because the scope of the gradient throws away what it does not return.
          answer = tf.keep(logits.clone());
          return loss;
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
}

/** Mean cross-entropy of logits `[photos, classes]` with targets of that shape, each photo counting by its weight. */
export function crossEntropy(
  logits: tf.Tensor,
  { targets, weights }: { targets: Float32Array; weights: Float32Array },
): tf.Scalar {
  const shape: [number, number] = [weights.length, targets.length / weights.length];
  const losses = tf.logSoftmax(logits).mul(tf.tensor2d(targets, shape)).sum(-1).neg();
  return losses.mul(tf.tensor1d(weights)).mean<tf.Scalar>();
}

function variable({ shape, data }: Weight): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(data, [...shape])));
}

function read(variables: ReadonlyMap<string, tf.Variable>): Map<string, Weight> {
  return new Map(
    [...variables].map(([name, variable]) => [
      name,
      { shape: variable.shape, data: variable.dataSync<'float32'>() },
    ]),
  );
}

function valuesOf(logits: tf.Tensor | undefined): Float32Array {
  if (logits === undefined) throw new Error('the loss was not computed');
  const values = logits.dataSync<'float32'>();
  logits.dispose();
  return values;
}
