import {
  toTrainingGraph,
  weightsOf,
  type DenseNode,
  type InferenceGraph,
  type TrainingCall,
  type TrainingGraph,
  type UpdateRule,
  type Weight,
} from '../graph/index.ts';
import { openNativeCalls, tf, type NativeCalls } from '../tensorflow/index.ts';
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
  const last = lastLayer(graph, head);
  const training = toTrainingGraph(graph, last, ruleOf(settings));
  const tail = new CompiledTail(training, await openNativeCalls(training), head, photosAtOnce);
  tail.restore(new Map([...weightsOf(graph), ...weightsOf({ nodes: [last] }), ...emptySlots(training)]));
  return tail;
}

class CompiledTail implements TrainableTail {
  readonly embeddingSize: number;
  readonly #classes: number;
  readonly #graph: TrainingGraph;
  readonly #calls: NativeCalls<TrainingCall>;
  readonly #photosAtOnce: number;

  constructor(
    graph: TrainingGraph,
    calls: NativeCalls<TrainingCall>,
    { kernel, bias }: HeadWeights,
    photosAtOnce: number,
  ) {
    this.#graph = graph;
    this.#calls = calls;
    this.#classes = bias.length;
    this.#photosAtOnce = photosAtOnce;
    this.embeddingSize = kernel.length / bias.length;
  }

  step(batch: TailBatch, learningRate: number, step: number): Float32Array {
    const photos = batch.weights.length;
    const rates = () => ({ learningRate: tf.scalar(learningRate), count: tf.scalar(step + 1) });
    if (photos <= this.#photosAtOnce)
      return this.#logits('step', () => ({ ...this.#inputs(batch, 0, photos), ...rates() }));
    const logits: number[] = [];
    for (let from = 0; from < photos; from += this.#photosAtOnce) {
      const part = () => this.#inputs(batch, from, Math.min(from + this.#photosAtOnce, photos));
      logits.push(...this.#logits(from === 0 ? 'first' : 'further', part));
    }
    tf.tidy(() => void this.#calls.call('apply', rates()));
    return Float32Array.from(logits);
  }

  logits(features: Float16Array<ArrayBuffer>): Float32Array {
    return this.#logits('forward', () => ({ features: asString(features) }));
  }

  weights(): Map<string, Weight> {
    return this.#read('readWeights');
  }

  slots(): Map<string, Weight> {
    return this.#read('readSlots');
  }

  restore(tensors: ReadonlyMap<string, Weight>): void {
    for (const call of ['writeWeights', 'writeSlots'] as const) {
      const found = this.#graph.signatures[call].inputs.map(({ key }) => [key, tensors.get(key)] as const);
      if (found.some(([, weight]) => weight === undefined)) continue;
      tf.tidy(() => {
        const values = found.map(([key, weight]) => [
          key,
          tf.tensor(weight?.data ?? [], [...(weight?.shape ?? [])]),
        ]);
        this.#calls.call(call, Object.fromEntries(values));
      });
    }
  }

  [Symbol.dispose](): void {
    this.#calls[Symbol.dispose]();
  }

  /** The photos from one to another; the loss of each counts for its share in the whole batch. */
  #inputs({ features, targets, weights, dropout }: TailBatch, from: number, to: number): tf.NamedTensorMap {
    const [photos, size, classes] = [to - from, this.embeddingSize, this.#classes];
    const values = features.length / weights.length;
    const factors = dropout?.subarray(from * size, to * size);
    return {
      features: asString(features.subarray(from * values, to * values)),
      targets: tf.tensor2d(targets.subarray(from * classes, to * classes), [photos, classes]),
      weights: tf.tensor1d(weights.subarray(from, to).map((weight) => weight / weights.length)),
      dropout: factors ? tf.tensor2d(factors, [photos, size]) : tf.ones([photos, size]),
    };
  }

  #logits(call: TrainingCall, inputs: () => tf.NamedTensorMap): Float32Array {
    return tf.tidy(() => {
      const { logits } = this.#calls.call(call, inputs());
      if (!logits) throw new Error(`TensorFlow gave no logits for "${call}".`);
      return logits.dataSync<'float32'>();
    });
  }

  #read(call: 'readWeights' | 'readSlots'): Map<string, Weight> {
    const answer = this.#calls.call(call, {});
    const values = Object.entries(answer).map(([name, tensor]): [string, Weight] => {
      return [name, { shape: tensor.shape, data: tensor.dataSync<'float32'>() }];
    });
    tf.dispose(answer);
    return new Map(values);
  }
}

/** One string of the bytes: they reach TensorFlow with a single copy, half as long as that of float32. */
function asString(features: Float16Array<ArrayBuffer>): tf.Tensor {
  const bytes = new Uint8Array(features.buffer, features.byteOffset, features.byteLength);
  return tf.scalar(bytes, 'string');
}

function lastLayer(graph: InferenceGraph, { kernel, bias }: HeadWeights): DenseNode {
  const classes = bias.length;
  return {
    op: 'dense',
    name: 'logits',
    inputs: graph.outputs,
    shape: [classes],
    kernel: { shape: [kernel.length / classes, classes], data: kernel },
    bias: { shape: [classes], data: bias },
    activation: 'linear',
  };
}

function ruleOf({ optimizer, momentum, weightDecay }: OptimizerSettings): UpdateRule {
  return optimizer === 'adam'
    ? { kind: 'adam', ...adamConstants, weightDecay }
    : { kind: 'sgd', momentum, weightDecay };
}

/** What an optimizer remembers before the first step: zeros. */
function emptySlots({ signatures }: TrainingGraph): [string, Weight][] {
  return signatures.writeSlots.inputs.map(({ key, shape: { dim } }) => {
    const shape = dim.map(({ size }) => size);
    return [key, { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) }];
  });
}
