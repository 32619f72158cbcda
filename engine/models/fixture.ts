import type { TrainSettings } from '../../contract/index.ts';
import { baselineOf, measure } from '../evaluation/metrics.ts';
import { tf } from '../tensorflow/index.ts';
import type { ModelDetails, TrainedModel } from './trained-model.ts';

/** For tests: a small network in Teachable Machine's topology, 24 × 24 pixels, 3 classes. */
export function teachable(seed = 1): tf.LayersModel {
  const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.5, seed });
  const around: [[number, number], [number, number]] = [
    [0, 1],
    [0, 1],
  ];
  const base = tf.sequential({
    layers: [
      tf.layers.zeroPadding2d({ padding: around, inputShape: [24, 24, 3] }),
      tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, useBias: false, kernelInitializer }),
      tf.layers.batchNormalization({}),
      tf.layers.reLU({ maxValue: 6 }),
      tf.layers.globalAveragePooling2d({}),
    ],
  });
  const head = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [4], units: 10, activation: 'relu', kernelInitializer }),
      tf.layers.dense({ units: 3, activation: 'softmax', useBias: false, kernelInitializer }),
    ],
  });
  return tf.sequential({ layers: [base, head] });
}

/** For tests: how a model of 3 classes came to be. */
export const exampleSettings: TrainSettings = {
  backbone: 'efficientnet-lite0',
  framing: 'fit',
  cut: 'block11',
  variants: 8,
  augmentation: {
    flip: true,
    rotate: 0,
    cropArea: 0.5,
    cropAspect: 1,
    brightness: 0,
    contrast: 0,
    saturation: 0,
  },
  epochs: 12,
  batchSize: 32,
  optimizer: 'adam',
  learningRate: 0.001,
  warmup: 0.1,
  momentum: 0.9,
  weightDecay: 0,
  labelSmoothing: 0.1,
  mixup: 0,
  reach: 0.2,
  dropout: 0.2,
  classWeights: false,
  patience: 5,
  refit: 'validation',
  seed: 1,
};

const truth = Int32Array.from([0, 1]);
const classNames = ['cat', 'dog', 'neither'];

/** For tests: how good a model of 3 classes is. */
export const exampleDetails: ModelDetails = {
  trainedAt: '2026-05-04T10:00:00.000Z',
  settings: exampleSettings,
  test: measure(Float32Array.from([0.9, 0.1, 0, 0.5, 0.25, 0.25]), truth, classNames),
  baseline: baselineOf(truth, truth, classNames),
};

/** For tests: a model that answers with the colour that a photo has most of. */
export const colourModel: TrainedModel = {
  name: 'colours',
  classNames: ['red', 'green', 'blue'],
  framing: 'stretch',
  pixelScale: { mean: 127, standardDeviation: 128 },
  backbone: 'efficientnet-lite0',
  unsureBelow: 0.5,
  trainingPhotos: [1, 5, 2],
  inputSize: 8,
  graph: {
    name: 'colours',
    nodes: [
      { op: 'input', name: 'pixels', inputs: [], shape: [8, 8, 3] },
      { op: 'global-average-pool', name: 'mean', inputs: ['pixels'], shape: [3] },
      {
        op: 'dense',
        name: 'logits',
        inputs: ['mean'],
        shape: [3],
        kernel: { shape: [3, 3], data: Float32Array.of(2, 0, 0, 0, 2, 0, 0, 0, 2) },
        bias: { shape: [3], data: new Float32Array(3) },
        activation: 'linear',
      },
      { op: 'softmax', name: 'probabilities', inputs: ['logits'], shape: [3] },
    ],
    outputs: ['probabilities'],
  },
};
