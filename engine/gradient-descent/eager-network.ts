import { runTrainingEagerly, statisticsOf, weightsOf, type DropoutNode } from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { crossEntropy, EagerSteps } from './eager-steps.ts';
import { dropoutMask } from './epoch-batches.ts';
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

class EagerNetwork extends EagerSteps implements TrainableNetwork {
  readonly #network: NetworkToTrain;

  constructor(network: NetworkToTrain) {
    super(weightsOf(network.graph), statisticsOf(network.graph), network.settings);
    this.#network = network;
  }

  step({ pixels, ...labels }: PixelBatch, learningRate: number, step: number): Float32Array {
    const lossOf = () => {
      const outputs = this.#forward(pixels, step);
      const losses = outputs.map((logits, i) => {
        const entropy = crossEntropy(logits, labels);
        return i === 0 ? entropy : entropy.mul(auxiliaryShare);
      });
      return { logits: outputs[0] ?? tf.scalar(NaN), loss: tf.addN(losses).asScalar() };
    };
    return this.takeStep(lossOf, learningRate, step);
  }

  logits(pixels: Uint8Array): Float32Array {
    return tf.tidy(() => this.#forward(pixels, null)[0]?.dataSync<'float32'>() ?? new Float32Array());
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
    const variables = this.variables();
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
