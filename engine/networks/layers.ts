import { tf } from '../tensorflow/index.ts';

/** What both families of networks use: TensorFlow's 1e-3, not PyTorch's 1e-5. */
const epsilon = 1e-3;

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
  const normName = activation ? `${name}-norm` : name;
  const x = apply(tf.layers.batchNormalization({ name: normName, epsilon, scale: gain }), input);
  if (!activation) return x;
  return apply(tf.layers.reLU(activation === 'relu6' ? { name, maxValue: 6 } : { name }), x);
}

/**
 * The end of every classifier: `embedding`, the mean over height and width, `[batch, channels]`; `logits` and
 * `probabilities`, `[batch, classes]`. Zero classes leave the embedding as the output.
 */
export function classifier(input: tf.SymbolicTensor, classes: number): tf.SymbolicTensor {
  const embedding = apply(tf.layers.globalAveragePooling2d({ name: 'embedding' }), input);
  if (classes === 0) return embedding;
  const dense = tf.layers.dense({ name: 'logits', units: classes, kernelInitializer: 'zeros' });
  return apply(tf.layers.softmax({ name: 'probabilities' }), apply(dense, embedding));
}
