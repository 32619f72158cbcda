import { tf } from '../tensorflow/index.ts';
import { invertedResidual, roundToEight } from './inverted-residual.ts';
import { classifier, convUnit, type NetworkOptions } from './layers.ts';

/** Table 2 of the paper; the stride is that of the stage's first block. */
const stages = [
  { expansion: 1, channels: 16, blocks: 1, stride: 1 },
  { expansion: 6, channels: 24, blocks: 2, stride: 2 },
  { expansion: 6, channels: 32, blocks: 3, stride: 2 },
  { expansion: 6, channels: 64, blocks: 4, stride: 2 },
  { expansion: 6, channels: 96, blocks: 3, stride: 1 },
  { expansion: 6, channels: 160, blocks: 3, stride: 2 },
  { expansion: 6, channels: 320, blocks: 1, stride: 1 },
];

const stemChannels = 32;
const topChannels = 1280;
const activation = 'relu6';

/**
 * Builds MobileNet v2 (Sandler et al. 2018, arXiv:1801.04381), 3,504,872 parameters. Input `[batch, 224, 224, 3]` float32
 * NHWC, pixels as value / 127.5 - 1; output `[batch, classes]` probabilities. Zeros until weights are drawn or loaded. Of an
 * input below 64 the stem halves nothing. A smaller width leaves the top as it is, as in the paper.
 *
 * Named parts: `stem`, `block0` … `block16`, `top`, `embedding` `[batch, 1280]`, `logits`, `probabilities`.
 */
export function buildMobileNetV2({
  classes = 1000,
  inputSize = 224,
  channels = 3,
  width = 1,
}: NetworkOptions = {}): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  const stem = { filters: roundToEight(stemChannels * width), kernel: 3, activation } as const;
  let x = convUnit(image, 'stem', { ...stem, stride: inputSize < 64 ? 1 : 2 });
  let count = 0;
  for (const { blocks, stride, ...stage } of stages)
    for (let n = 0; n < blocks; n++)
      x = invertedResidual(x, `block${count++}`, {
        ...stage,
        kernel: 3,
        channels: roundToEight(stage.channels * width),
        stride: n === 0 ? stride : 1,
      });
  x = convUnit(x, 'top', { filters: Math.round(topChannels * Math.max(1, width)), kernel: 1, activation });
  return tf.model({ inputs: image, outputs: classifier(x, classes, 0.2), name: 'mobilenet-v2' });
}
