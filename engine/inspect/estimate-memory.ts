import type { Dtype, NetworkMemory } from '../../contract/index.ts';
import { valuesOf, type Shape } from './layer.ts';
import { keptActivations } from './kept-activations.ts';
import type { MeasuredLayer } from './measure-layers.ts';
import { largestAlive } from './largest-alive.ts';

export interface MemoryQuestion {
  readonly layers: readonly MeasuredLayer[];
  readonly input: Shape;
  /** Images on the device at once. */
  readonly batch: number;
  readonly dtype: Dtype;
  /** Whether activations are computed again in the backward pass instead of all being kept. */
  readonly recompute: boolean;
}

const float32Bytes = 4;
/** Adam keeps two moments of every parameter. */
const moments = 2;

/** Bytes of prediction and training, from shapes alone. Float16 is mixed precision: the optimizer stays in float32. */
export function estimateMemory({ layers, input, batch, dtype, recompute }: MemoryQuestion): NetworkMemory {
  const bytes = dtype === 'float16' ? 2 : float32Bytes;
  const parameters = sum(layers, ({ parameters }) => parameters);
  const trainable = sum(layers, ({ trainable }) => trainable);
  const parametersBytes = bytes * parameters;
  const { kept, peak } = keptActivations(layers, recompute);
  const training = {
    activationsBytes: bytes * batch * kept,
    inputsBytes: bytes * batch * valuesOf(input),
    parametersBytes,
    gradientsBytes: bytes * trainable,
    optimizerBytes: float32Bytes * trainable * (dtype === 'float16' ? moments + 1 : moments),
  };
  const trainingBytes = sum(Object.values(training), (part) => part);
  return {
    parametersBytes,
    predictionBytes: parametersBytes + bytes * largestAlive(layers, input),
    trainingBytes,
    training,
    peakBytes: trainingBytes + bytes * batch * (peak - kept),
  };
}

function sum<T>(list: readonly T[], value: (each: T) => number): number {
  return list.reduce((total, each) => total + value(each), 0);
}
