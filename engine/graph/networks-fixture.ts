import { tf } from '../tensorflow/runtime.ts';
import type { InferenceGraph } from './inference-graph.ts';
import { LocalResponseNormalization } from '../networks/layers.ts';
import { inputOf } from './subgraph.ts';

/** Small networks with random weights for tests: between them every layer that can be lowered. */
export const testNetworks = { mobile, inception, classic, nested };

/** What Keras has no layer for; it can't be saved as layers that plain TensorFlow.js loads. */
export const beyondKeras = { local };

const random = () => tf.initializers.randomNormal({ mean: 0, stddev: 0.4 });

function conv(filters: number, kernelSize: number, more: { strides?: number; activation?: 'relu' } = {}) {
  return tf.layers.conv2d({
    filters,
    kernelSize,
    padding: 'same',
    kernelInitializer: random(),
    biasInitializer: random(),
    ...more,
  });
}

function norm(parts: { scale?: false; center?: false } = {}) {
  return tf.layers.batchNormalization({
    ...parts,
    epsilon: 1e-3,
    gammaInitializer: random(),
    betaInitializer: random(),
    movingMeanInitializer: random(),
    movingVarianceInitializer: tf.initializers.randomUniform({ minval: 0.3, maxval: 2 }),
  });
}

function depthwise(strides: number, padding: 'same' | 'valid') {
  const weights = { depthwiseInitializer: random(), useBias: false };
  return tf.layers.depthwiseConv2d({ kernelSize: 3, strides, padding, ...weights });
}

function through(x: tf.SymbolicTensor, ...layers: tf.layers.Layer[]): tf.SymbolicTensor {
  return layers.reduce((value, layer) => one(layer.apply(value)), x);
}

function joined(layer: tf.layers.Layer, inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return one(layer.apply(inputs));
}

/** A layer with one output, applied to symbols, gives one symbol; the type of `apply` can't say so. */
function one(value: ReturnType<tf.layers.Layer['apply']>): tf.SymbolicTensor {
  if (value instanceof tf.SymbolicTensor) return value;
  throw new Error('Not a symbol.');
}

/** Inverted residuals with Keras's explicit zero padding before strides, ReLU6, on an odd and oblong input. */
function mobile(): tf.LayersModel {
  const relu6 = () => tf.layers.reLU({ maxValue: 6 });
  const input = tf.input({ shape: [17, 22, 3] });
  const stem = through(
    input,
    tf.layers.zeroPadding2d({
      padding: [
        [1, 1],
        [0, 1],
      ],
    }),
    tf.layers.conv2d({ filters: 6, kernelSize: 3, strides: 2, useBias: false, kernelInitializer: random() }),
    norm(),
    relu6(),
  );
  const block = through(
    stem,
    conv(12, 1),
    norm(),
    relu6(),
    depthwise(1, 'same'),
    norm(),
    relu6(),
    conv(6, 1),
    norm(),
  );
  const sum = joined(tf.layers.add({ name: 'sum' }), [stem, block]);
  const cut = through(
    sum,
    tf.layers.zeroPadding2d({ padding: 2 }),
    depthwise(2, 'valid'),
    norm(),
    tf.layers.activation({ activation: 'relu6' }),
  );
  const pooled = through(cut, tf.layers.globalAveragePooling2d({ name: 'embedding' }));
  const head = tf.layers.dense({
    units: 5,
    activation: 'softmax',
    name: 'probabilities',
    kernelInitializer: random(),
  });
  return tf.model({ inputs: input, outputs: through(pooled, tf.layers.dropout({ rate: 0.2 }), head) });
}

/** Branches joined by channel, batch norm without scale, both poolings in both paddings. */
function inception(): tf.LayersModel {
  const relu = () => tf.layers.activation({ activation: 'relu' });
  const pool = { poolSize: 3, strides: 2 };
  const input = tf.input({ shape: [23, 23, 3] });
  const stem = through(input, conv(8, 3, { strides: 2 }), norm({ scale: false }), relu());
  const mixed = joined(tf.layers.concatenate({ name: 'mixed' }), [
    through(stem, conv(4, 1), norm({ scale: false }), relu()),
    through(stem, tf.layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }), conv(4, 5)),
    through(stem, tf.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' })),
  ]);
  const reduced = joined(tf.layers.concatenate({ name: 'reduced' }), [
    through(mixed, tf.layers.maxPooling2d({ ...pool, padding: 'valid' })),
    through(mixed, tf.layers.averagePooling2d({ ...pool, padding: 'valid' })),
  ]);
  const normed = through(reduced, norm(), relu());
  const logits = through(normed, tf.layers.flatten(), tf.layers.dense({ units: 4 }), norm());
  return tf.model({ inputs: input, outputs: through(logits, tf.layers.softmax()) });
}

/**
 * Sequential, with its own pixel scaling, separable convolution and a hidden dense layer; batch norm without a centre, and an
 * activation, after layers that have theirs already.
 */
function classic(): tf.LayersModel {
  const separable = { depthwiseInitializer: random(), pointwiseInitializer: random() };
  return tf.sequential({
    layers: [
      tf.layers.rescaling({ scale: 1 / 4, offset: -0.5, inputShape: [16, 16, 3] }),
      conv(6, 5, { activation: 'relu' }),
      norm({ center: false }),
      tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }),
      tf.layers.separableConv2d({ filters: 9, kernelSize: 3, strides: 2, ...separable, activation: 'relu6' }),
      tf.layers.activation({ activation: 'tanh' }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 7, activation: 'relu', biasInitializer: random() }),
      tf.layers.dense({ units: 3, useBias: false, activation: 'softmax' }),
    ],
  });
}

/** Local response normalisation, with tanh before and after. */
function local(): tf.LayersModel {
  const input = tf.input({ shape: [9, 8, 3] });
  const tanh = () => tf.layers.activation({ activation: 'tanh' });
  const normal = () => new LocalResponseNormalization({ radius: 2, bias: 1, alpha: 0.3, beta: 0.75 });
  const squashed = through(input, conv(7, 3), tanh(), normal(), tf.layers.maxPooling2d({ poolSize: 2 }));
  const head = tf.layers.dense({ units: 4, activation: 'tanh', kernelInitializer: random() });
  return tf.model({
    inputs: input,
    outputs: through(squashed, conv(5, 3), normal(), tf.layers.flatten(), head),
  });
}

/** Teachable Machine's topology: a sequential of a truncated network and a sequential head. */
function nested(): tf.LayersModel {
  const whole = mobile();
  const base = tf.model({ inputs: whole.inputs, outputs: one(whole.getLayer('embedding').output) });
  const head = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [6], units: 10, activation: 'relu', kernelInitializer: random() }),
      tf.layers.dense({ units: 3, activation: 'softmax', useBias: false, kernelInitializer: random() }),
    ],
  });
  return tf.sequential({ layers: [tf.sequential({ layers: [base] }), head] });
}

/** `n` photos of random values in [-1, 1] in the shape of the graph's input. */
export function photosFor(graph: InferenceGraph, n: number): tf.Tensor {
  return tf.randomUniform([n, ...inputOf(graph).shape], -1, 1, 'float32', 7);
}

/** The largest difference between two lists of tensors, as a share of the largest value expected. */
export function largestDifference(actual: tf.Tensor[], expected: (tf.Tensor | tf.Tensor[])[]): number {
  const pairs = expected.flat().map((tensor, i) => ({ tensor, other: actual[i] ?? tf.scalar(NaN) }));
  return Math.max(
    ...pairs.map(({ tensor, other }) => {
      if (tensor.shape.join() !== other.shape.join()) return Infinity;
      const [difference, range] = [tensor.sub(other).abs().max(), tensor.abs().max()];
      return (difference.dataSync()[0] ?? NaN) / (range.dataSync()[0] ?? NaN);
    }),
  );
}
