import { tf } from '../tensorflow/index.ts';

/** What both families of networks use: TensorFlow's 1e-3, not PyTorch's 1e-5. */
const epsilon = 1e-3;

/** Share of batch norm's running statistics that a step keeps: a training of a few hundred steps must reach them. */
const momentum = 0.9;

/** A network in another size than its paper's. */
export interface NetworkOptions {
  readonly classes?: number;
  /** Height and width of the input. */
  readonly inputSize?: number;
  /** Channels of the input: 3, or 1 for grey. */
  readonly channels?: number;
  /** Share of the paper's channels and units in every layer. */
  readonly width?: number;
}

interface ConvOptions {
  readonly filters: number;
  /** One side, or height and width. */
  readonly kernel: number | [number, number];
  readonly stride?: number;
  readonly padding?: 'same' | 'valid';
  /** Whether batch norm has a gain (Keras's `scale`). */
  readonly gain?: boolean;
  readonly activation?: 'relu' | 'relu6';
}

/** Of local response normalisation; what is left out is Krizhevsky's (AlexNet). */
export interface LocalResponseSettings {
  /** Channels to either side that count, 2. */
  readonly radius?: number;
  /** 2. */
  readonly bias?: number;
  /** What each square counts, 1e-4. */
  readonly alpha?: number;
  /** 0.75. */
  readonly beta?: number;
}

/**
 * Local response normalisation over channels (Krizhevsky et al. 2012, section 3.3), which Keras has no layer for:
 * `x / (bias + alpha * sum)^beta`, the sum being that of the squares of `radius` channels to either side and of the channel
 * itself. `[batch, height, width, channels]` float32 in and out; no weights.
 */
export class LocalResponseNormalization extends tf.layers.Layer {
  static readonly className = 'LocalResponseNormalization';
  readonly #settings: Required<LocalResponseSettings>;

  constructor(config: LocalResponseSettings & { name?: string } = {}) {
    const { radius = 2, bias = 2, alpha = 1e-4, beta = 0.75, ...layer } = config;
    super(layer);
    this.#settings = { radius, bias, alpha, beta };
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { radius, bias, alpha, beta } = this.#settings;
    const [x] = [inputs].flat();
    if (!x || !isImages(x)) throw new Error(`Layer ${this.name} needs images.`);
    return tf.localResponseNormalization(x, radius, bias, alpha, beta);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.#settings };
  }
}

// So that a saved network with the layer can be loaded again.
tf.serialization.registerClass(LocalResponseNormalization);

function isImages(x: tf.Tensor): x is tf.Tensor4D {
  return x.rank === 4;
}

/** Applies a layer to symbolic tensors `[batch, …]`. */
export function apply(
  layer: tf.layers.Layer,
  input: tf.SymbolicTensor | tf.SymbolicTensor[],
): tf.SymbolicTensor {
  const output = layer.apply(input);
  if (output instanceof tf.SymbolicTensor) return output;
  throw new Error(`Layer ${layer.name} does not have one symbolic output.`);
}

/**
 * Convolution without bias, batch norm and, where asked for, an activation: layers `<name>-conv`, `<name>-norm`, `<name>`.
 * Without an activation batch norm is the last and is called `<name>`. Weights start at zero, batch norm as identity.
 */
export function convUnit(input: tf.SymbolicTensor, name: string, options: ConvOptions): tf.SymbolicTensor {
  const { filters, kernel, stride = 1, padding = 'same' } = options;
  const conv = tf.layers.conv2d({
    name: `${name}-conv`,
    filters,
    kernelSize: kernel,
    strides: stride,
    padding,
    useBias: false,
    kernelInitializer: 'zeros',
  });
  return normUnit(apply(conv, input), name, options);
}

/** The same with a depthwise convolution: every channel is filtered by itself. */
export function depthwiseUnit(
  input: tf.SymbolicTensor,
  name: string,
  options: Omit<ConvOptions, 'filters'>,
): tf.SymbolicTensor {
  const { kernel, stride = 1, padding = 'same' } = options;
  const conv = tf.layers.depthwiseConv2d({
    name: `${name}-conv`,
    kernelSize: kernel,
    strides: stride,
    padding,
    useBias: false,
    depthwiseInitializer: 'zeros',
  });
  return normUnit(apply(conv, input), name, options);
}

function normUnit(
  input: tf.SymbolicTensor,
  name: string,
  { gain = true, activation }: Pick<ConvOptions, 'gain' | 'activation'>,
): tf.SymbolicTensor {
  const x = apply(batchNorm(activation ? `${name}-norm` : name, { gain }), input);
  if (!activation) return x;
  return apply(tf.layers.reLU(activation === 'relu6' ? { name, maxValue: 6 } : { name }), x);
}

/** Batch norm, at first as identity: with a gain (Keras's `scale`) and an offset (`center`) for each channel unless refused. */
export function batchNorm(
  name: string,
  { gain = true, offset = true }: { readonly gain?: boolean; readonly offset?: boolean } = {},
): tf.layers.Layer {
  return tf.layers.batchNormalization({ name, epsilon, momentum, scale: gain, center: offset });
}

/** Convolution with bias and ReLU, or another activation, in one layer; zeros at first. */
export function conv(
  input: tf.SymbolicTensor,
  name: string,
  { filters, kernel, stride = 1, padding = 'same', activation = 'relu' }: PlainConvOptions,
): tf.SymbolicTensor {
  const layer = { name, filters, kernelSize: kernel, strides: stride, padding, activation };
  return apply(tf.layers.conv2d({ ...layer, kernelInitializer: 'zeros' }), input);
}

interface PlainConvOptions extends Omit<ConvOptions, 'gain' | 'activation'> {
  readonly activation?: 'relu' | 'tanh' | 'linear';
}

/** A fully connected layer with bias, and ReLU unless stated otherwise; zeros at first. */
export function dense(
  input: tf.SymbolicTensor,
  name: string,
  units: number,
  activation: 'relu' | 'tanh' | 'linear' = 'relu',
): tf.SymbolicTensor {
  return apply(tf.layers.dense({ name, units, activation, kernelInitializer: 'zeros' }), input);
}

/** The largest or the mean value of each window. */
export function pool(
  input: tf.SymbolicTensor,
  name: string,
  { kind, size, stride = size, padding = 'valid' }: PoolOptions,
): tf.SymbolicTensor {
  const options = { name, poolSize: size, strides: stride, padding };
  const layer = kind === 'max' ? tf.layers.maxPooling2d(options) : tf.layers.averagePooling2d(options);
  return apply(layer, input);
}

interface PoolOptions {
  readonly kind: 'max' | 'average';
  readonly size: number;
  readonly stride?: number;
  readonly padding?: 'same' | 'valid';
}

export function dropout(input: tf.SymbolicTensor, name: string, rate: number): tf.SymbolicTensor {
  return apply(tf.layers.dropout({ name, rate }), input);
}

export function flatten(input: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return apply(tf.layers.flatten({ name }), input);
}

/** `<prefix>logits` and `<prefix>probabilities`, `[batch, classes]`, of an embedding `[batch, units]`. */
export function probabilities(input: tf.SymbolicTensor, classes: number, prefix = ''): tf.SymbolicTensor {
  const logits = dense(input, `${prefix}logits`, classes, 'linear');
  return apply(tf.layers.softmax({ name: `${prefix}probabilities` }), logits);
}

/** Channels or units at another width, at least one. */
export function scaled(count: number, width: number): number {
  return Math.max(1, Math.round(count * width));
}

/**
 * The end of every classifier: `embedding`, the mean over height and width, `[batch, channels]`; `logits` and
 * `probabilities`, `[batch, classes]`. Zero classes leave the embedding as the output. `dropped` is the share that dropout
 * takes of the embedding.
 */
export function classifier(input: tf.SymbolicTensor, classes: number, dropped = 0): tf.SymbolicTensor {
  const embedding = apply(tf.layers.globalAveragePooling2d({ name: 'embedding' }), input);
  if (classes === 0) return embedding;
  return probabilities(dropped === 0 ? embedding : dropout(embedding, 'dropout', dropped), classes);
}
