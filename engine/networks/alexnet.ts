import { tf } from '../tensorflow/index.ts';
import {
  apply,
  conv,
  dense,
  dropout,
  flatten,
  LocalResponseNormalization,
  pool,
  probabilities,
  scaled,
  type NetworkOptions,
} from './layers.ts';

/**
 * Builds AlexNet (Krizhevsky, Sutskever and Hinton 2012) in the two towers of the paper, one for each of its graphics cards,
 * which read each other's maps only at `conv3`: 60,965,224 parameters. Input `[batch, 227, 227, 3]` float32 NHWC, pixels
 * less 127 and no smaller, which the constants of its normalisation are meant for (the paper's 224 would not give its 55
 * places), at least 67 × 67; output `[batch, classes]` probabilities. Zeros until weights are drawn or loaded.
 *
 * Named parts: `conv1-a`, `norm1-a`, `pool1-a` …, `conv5-b`, `pool5`, `fc6`, `fc7`, `logits`, `probabilities`.
 */
export function buildAlexNet({
  classes = 1000,
  inputSize = 227,
  channels = 3,
  width = 1,
}: NetworkOptions = {}): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  const size = (count: number) => scaled(count, width);
  const overlapping = { kind: 'max', size: 3, stride: 2 } as const;
  const towers = ['a', 'b'] as const;

  const seen = towers.map((tower) => {
    const normed = (x: tf.SymbolicTensor, name: string) =>
      apply(new LocalResponseNormalization({ name: `${name}-${tower}` }), x);
    let x = conv(image, `conv1-${tower}`, { filters: size(48), kernel: 11, stride: 4, padding: 'valid' });
    x = pool(normed(x, 'norm1'), `pool1-${tower}`, overlapping);
    x = conv(x, `conv2-${tower}`, { filters: size(128), kernel: 5 });
    return pool(normed(x, 'norm2'), `pool2-${tower}`, overlapping);
  });
  const both = apply(tf.layers.concatenate({ name: 'pool2' }), seen);
  const described = towers.map((tower) => {
    let x = conv(both, `conv3-${tower}`, { filters: size(192), kernel: 3 });
    x = conv(x, `conv4-${tower}`, { filters: size(192), kernel: 3 });
    return conv(x, `conv5-${tower}`, { filters: size(128), kernel: 3 });
  });
  let x = pool(apply(tf.layers.concatenate({ name: 'conv5' }), described), 'pool5', overlapping);
  x = dropout(dense(flatten(x, 'flat'), 'fc6', size(4096)), 'dropout6', 0.5);
  x = dropout(dense(x, 'fc7', size(4096)), 'dropout7', 0.5);
  return tf.model({ inputs: image, outputs: probabilities(x, classes), name: 'alexnet' });
}
