import type { TrainingCall, TrainingGraph, UpdateRule, Weight } from '../graph/index.ts';
import type { NativeCalls } from '../inference/index.ts';
import { tf } from '../tensorflow/index.ts';
import { adamConstants, type OptimizerSettings } from './optimizer.ts';

/** What a step is made on. */
export interface CompiledBatch {
  /** `[photos, ...shape of the input]`, as the graph reads them. */
  readonly features: Uint8Array;
  /** `[photos, classes]`. */
  readonly targets: Float32Array;
  /** How much each photo counts, `[photos]`. */
  readonly weights: Float32Array;
  /** What the graph is told of dropout for the photos from one to another. */
  readonly dropout: (from: number, to: number) => tf.Tensor;
}

/**
 * A training graph in native TensorFlow, a step being one call. A batch of more than `photosAtOnce` goes through in parts, so
 * that memory stays bounded; the step is the same, but for batch norm, which normalises each part by itself. The variables
 * hold nothing until they are restored.
 */
export class CompiledSteps implements Disposable {
  readonly #graph: TrainingGraph;
  readonly #calls: NativeCalls<TrainingCall>;
  readonly #photosAtOnce: number;

  constructor(graph: TrainingGraph, calls: NativeCalls<TrainingCall>, photosAtOnce: number) {
    this.#graph = graph;
    this.#calls = calls;
    this.#photosAtOnce = photosAtOnce;
  }

  /** One optimizer step (`step` counts from 0); gives the logits that it was made on, `[photos, classes]`. */
  protected takeStep(batch: CompiledBatch, learningRate: number, step: number): Float32Array {
    const photos = batch.weights.length;
    const inputs = (from: number, to: number) => partOf(batch, from, to);
    const rates = () => ({ learningRate: tf.scalar(learningRate), count: tf.scalar(step + 1) });
    if (photos <= this.#photosAtOnce)
      return this.#logits('step', () => ({ ...inputs(0, photos), ...rates() }));
    const logits: number[] = [];
    for (let from = 0; from < photos; from += this.#photosAtOnce) {
      const part = () => inputs(from, Math.min(from + this.#photosAtOnce, photos));
      logits.push(...this.#logits(from === 0 ? 'first' : 'further', part));
    }
    tf.tidy(() => void this.#calls.call('apply', rates()));
    return Float32Array.from(logits);
  }

  /** Logits `[photos, classes]` with the weights as they are; `features` as one string of bytes. */
  protected forward(features: Uint8Array): Float32Array {
    return this.#logits('forward', () => ({ features: asString(features) }));
  }

  /** What gradients change, and the running statistics. */
  weights(): Map<string, Weight> {
    return this.#read('readWeights');
  }

  /** What the optimizer remembers, by weight and slot. */
  slots(): Map<string, Weight> {
    return this.#read('readSlots');
  }

  /** What an optimizer remembers before the first step: zeros. */
  emptySlots(): Map<string, Weight> {
    return new Map(
      this.#graph.signatures.writeSlots.inputs.map(({ key, shape: { dim } }) => {
        const shape = dim.map(({ size }) => size);
        const length = shape.reduce((product, size) => product * size, 1);
        return [key, { shape, data: new Float32Array(length) }];
      }),
    );
  }

  /** Takes over all weights, all slots or both, by their names. */
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

/** The photos from one to another; the loss of each counts for its share in the whole batch. */
function partOf(batch: CompiledBatch, from: number, to: number): tf.NamedTensorMap {
  const { features, targets, weights, dropout } = batch;
  const [values, classes] = [features.length / weights.length, targets.length / weights.length];
  return {
    features: asString(features.subarray(from * values, to * values)),
    targets: tf.tensor2d(targets.subarray(from * classes, to * classes), [to - from, classes]),
    weights: tf.tensor1d(weights.subarray(from, to).map((weight) => weight / weights.length)),
    dropout: dropout(from, to),
  };
}

/** One string of the bytes: they reach TensorFlow with a single copy, at most half as long as that of float32. */
function asString(bytes: Uint8Array): tf.Tensor {
  return tf.scalar(bytes, 'string');
}

/** How the optimizer of the settings changes weights in a compiled step. */
export function ruleOf({ optimizer, momentum, weightDecay }: OptimizerSettings): UpdateRule {
  return optimizer === 'adam'
    ? { kind: 'adam', ...adamConstants, weightDecay }
    : { kind: 'sgd', momentum, weightDecay };
}
