import { tf } from '../tensorflow/index.ts';
import { apply, convUnit, depthwiseUnit } from './layers.ts';

const activation = 'relu6';

export interface InvertedResidual {
  /** By which the block widens its input. */
  readonly expansion: number;
  readonly kernel: number;
  readonly stride: number;
  readonly channels: number;
}

/**
 * An inverted residual (Sandler et al. 2018): expand, filter each channel, project; the input is added where the shapes agree.
 * Layers `<name>-expand`, `<name>-depthwise`, `<name>-project` and `<name>`, the last.
 */
export function invertedResidual(
  input: tf.SymbolicTensor,
  name: string,
  options: InvertedResidual,
): tf.SymbolicTensor {
  const { expansion, kernel, stride, channels } = options;
  const inputChannels = input.shape.at(-1) ?? 0;
  const residual = stride === 1 && inputChannels === channels;
  const filters = inputChannels * expansion;
  let x = input;
  if (expansion > 1) x = convUnit(x, `${name}-expand`, { filters, kernel: 1, activation });
  x = depthwiseUnit(x, `${name}-depthwise`, { kernel, stride, activation });
  x = convUnit(x, residual ? `${name}-project` : name, { filters: channels, kernel: 1 });
  return residual ? apply(tf.layers.add({ name }), [x, input]) : x;
}

/** The nearest multiple of 8, but never less than nine tenths of what was asked for. */
export function roundToEight(channels: number): number {
  const rounded = Math.max(8, Math.floor(channels / 8 + 0.5) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}
