import type { TrainSettings } from '../../contract/index.ts';
import { tf } from '../tensorflow/index.ts';

/** A weight that training changes. */
export interface TrainableWeight {
  readonly variable: tf.Variable;
  /** Whether weight decay pulls at it; biases are left alone. */
  readonly decays: boolean;
}

/** What an optimizer does besides the learning rate. */
export type OptimizerSettings = Pick<TrainSettings, 'optimizer' | 'momentum' | 'weightDecay'>;

/** Of Adam, wherever it is computed. */
export const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const { beta1, beta2, epsilon } = adamConstants;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017), or SGD with momentum and the same decay. What it
 * remembers are variables that a checkpoint can hold; the number of the step is given to it.
 */
export class Optimizer implements Disposable {
  /** By name of the weight and of the slot, e.g. `block12/kernel:momentum`; shaped as the weight. */
  readonly slots: ReadonlyMap<string, tf.Variable>;
  readonly #weights: ReadonlyMap<string, TrainableWeight>;
  readonly #settings: OptimizerSettings;

  constructor(weights: ReadonlyMap<string, TrainableWeight>, settings: OptimizerSettings) {
    this.#weights = weights;
    this.#settings = settings;
    const kinds = settings.optimizer === 'adam' ? ['mean', 'square'] : ['momentum'];
    this.slots = new Map(
      [...weights].flatMap(([name, { variable }]) =>
        kinds.map((kind) => [`${name}:${kind}`, tf.tidy(() => tf.variable(tf.zerosLike(variable), false))]),
      ),
    );
  }

  /** Changes every weight once. `gradients` by the weight's name; `step` counts from 0. */
  apply(gradients: ReadonlyMap<string, tf.Tensor>, learningRate: number, step: number): void {
    for (const [name, weight] of this.#weights) {
      const gradient = gradients.get(name);
      if (gradient === undefined) throw new Error(`no gradient of ${name}`);
      tf.tidy(() => {
        const direction = this.#direction(name, gradient, step);
        const decay = weight.decays ? this.#settings.weightDecay : 0;
        const pulled = decay === 0 ? direction : direction.add(weight.variable.mul(decay));
        weight.variable.assign(weight.variable.sub(pulled.mul(learningRate)));
      });
    }
  }

  #direction(name: string, gradient: tf.Tensor, step: number): tf.Tensor {
    if (this.#settings.optimizer === 'sgd') {
      const momentum = this.#slot(`${name}:momentum`);
      momentum.assign(momentum.mul(this.#settings.momentum).add(gradient));
      return momentum;
    }
    const mean = this.#slot(`${name}:mean`);
    const square = this.#slot(`${name}:square`);
    mean.assign(mean.mul(beta1).add(gradient.mul(1 - beta1)));
    square.assign(square.mul(beta2).add(gradient.square().mul(1 - beta2)));
    const root = square.div(1 - beta2 ** (step + 1)).sqrt();
    return mean.div(1 - beta1 ** (step + 1)).div(root.add(epsilon));
  }

  #slot(name: string): tf.Variable {
    const slot = this.slots.get(name);
    if (slot === undefined) throw new Error(`no slot ${name}`);
    return slot;
  }

  [Symbol.dispose](): void {
    for (const slot of this.slots.values()) slot.dispose();
  }
}
