import { tf } from '../tensorflow/index.ts';
import { dense, flatten, probabilities, scaled, type NetworkOptions } from './layers.ts';

/**
 * The baseline of every convolutional network: fully connected layers alone, by default the two of 300 and 100 units that
 * LeCun et al. 1998 compare LeNet-5 with. Input `[batch, 28, 28, 1]` float32 NHWC, pixels as value / 255; output
 * `[batch, classes]` probabilities. Zeros until weights are drawn or loaded.
 *
 * Named parts: `hidden1` …, `logits`, `probabilities`.
 */
export function buildDenseNetwork({
  classes = 10,
  inputSize = 28,
  channels = 1,
  width = 1,
  hidden = [300, 100],
}: NetworkOptions & { readonly hidden?: readonly number[] } = {}): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  const pixels = flatten(image, 'pixels');
  const top = hidden.reduce((x, units, i) => dense(x, `hidden${i + 1}`, scaled(units, width)), pixels);
  return tf.model({ inputs: image, outputs: probabilities(top, classes), name: 'dense-network' });
}
