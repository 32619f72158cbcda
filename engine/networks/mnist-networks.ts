import { tf } from '../tensorflow/index.ts';
import {
  classifier,
  conv,
  convUnit,
  dense,
  dropout,
  flatten,
  pool,
  probabilities,
  scaled,
  type NetworkOptions,
} from './layers.ts';

const halved = { kind: 'max', size: 2 } as const;

/**
 * The network that courses begin with: two convolutions, each with a pool, dropout and a hidden layer; 225,034 parameters.
 * Input `[batch, 28, 28, 1]` float32 NHWC, pixels as value / 255; output `[batch, classes]` probabilities. Zeros until weights
 * are drawn or loaded.
 *
 * Named parts: `conv1`, `pool1`, `conv2`, `pool2`, `hidden`, `logits`, `probabilities`.
 */
export function buildCourseNetwork({
  classes = 10,
  inputSize = 28,
  channels = 1,
  width = 1,
}: NetworkOptions = {}): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  const maps = { kernel: 3, padding: 'valid' } as const;
  let x = pool(conv(image, 'conv1', { ...maps, filters: scaled(32, width) }), 'pool1', halved);
  x = pool(conv(x, 'conv2', { ...maps, filters: scaled(64, width) }), 'pool2', halved);
  x = dense(flatten(dropout(x, 'dropout', 0.5), 'flat'), 'hidden', scaled(128, width));
  return tf.model({ inputs: image, outputs: probabilities(x, classes), name: 'course-network' });
}

/**
 * Filters of the convolutions between one pool and the next. The first two stages don't pad: the edge of a digit's image is empty,
 * and without it there is less than half of the work.
 */
const deepStages = [
  { filters: [48, 48], padding: 'valid' },
  { filters: [96, 96], padding: 'valid' },
  { filters: [192, 192, 96], padding: 'same' },
] as const;

/**
 * Seven 3 × 3 convolutions with batch norm for digits, 811,642 parameters. Input `[batch, 28, 28, 1]` float32 NHWC, pixels as
 * value / 255; output `[batch, classes]` probabilities. Zeros until weights are drawn or loaded.
 *
 * Named parts: `conv1` … `conv7`, `pool1`, `pool2`, `embedding` `[batch, 96]`, `logits`, `probabilities`.
 */
export function buildDeepDigits({
  classes = 10,
  inputSize = 28,
  channels = 1,
  width = 1,
}: NetworkOptions = {}): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  let [x, count] = [image, 1];
  for (const [stage, { filters, padding }] of deepStages.entries()) {
    if (stage > 0) x = pool(x, `pool${stage}`, halved);
    for (const each of filters) {
      const unit = { filters: scaled(each, width), kernel: 3, padding, activation: 'relu' } as const;
      x = convUnit(x, `conv${count++}`, unit);
    }
  }
  return tf.model({ inputs: image, outputs: classifier(x, classes, 0.3), name: 'deep-digits' });
}
