import { tf } from '../tensorflow/index.ts';
import { conv, dense, flatten, pool, probabilities, scaled, type NetworkOptions } from './layers.ts';

/**
 * Builds LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998): convolution and subsampling in turns, then layers that see the
 * whole. Input `[batch, 32, 32, 1]` float32 NHWC, pixels as value / 255; of 28 × 28 (MNIST) the first convolution pads the
 * edge, as the paper does. Output `[batch, classes]` probabilities. Zeros until weights are drawn or loaded.
 *
 * As it is built today, 61,706 parameters; the paper's has 60,000: its C3 reads chosen maps only (1,516 instead of 2,416), its
 * means have a gain and an offset (12 and 32), and its output compares with drawn digits, which are not trained (850).
 *
 * Named parts, as in the paper: `c1`, `s2`, `c3`, `s4`, `c5`, `f6`, `logits`, `probabilities`.
 */
export function buildLeNet5({
  classes = 10,
  inputSize = 32,
  channels = 1,
  width = 1,
}: NetworkOptions = {}): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  const maps = { kernel: 5, padding: 'valid', activation: 'tanh' } as const;
  const halved = { kind: 'average', size: 2 } as const;
  const padding = inputSize === 28 ? 'same' : 'valid';
  let x = conv(image, 'c1', { ...maps, filters: scaled(6, width), padding });
  x = pool(x, 's2', halved);
  x = conv(x, 'c3', { ...maps, filters: scaled(16, width) });
  x = pool(x, 's4', halved);
  x = conv(x, 'c5', { ...maps, filters: scaled(120, width) });
  x = dense(flatten(x, 'flat'), 'f6', scaled(84, width), 'tanh');
  return tf.model({ inputs: image, outputs: probabilities(x, classes), name: 'lenet-5' });
}
