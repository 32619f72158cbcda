import { tf } from '../tensorflow/index.ts';
import { invertedResidual, roundToEight } from './inverted-residual.ts';
import { classifier, convUnit, type NetworkOptions } from './layers.ts';

/** Width and depth multipliers and native input size of each published variant. */
export const liteVariants = {
  lite0: { width: 1, depth: 1, inputSize: 224 },
  lite1: { width: 1, depth: 1.1, inputSize: 240 },
  lite2: { width: 1.1, depth: 1.2, inputSize: 260 },
  lite3: { width: 1.2, depth: 1.4, inputSize: 280 },
  lite4: { width: 1.4, depth: 1.8, inputSize: 300 },
} as const;

/** Stages of EfficientNet-B0, which every variant scales; the stride is that of the stage's first block. */
const stages = [
  { blocks: 1, expansion: 1, kernel: 3, stride: 1, channels: 16 },
  { blocks: 2, expansion: 6, kernel: 3, stride: 2, channels: 24 },
  { blocks: 2, expansion: 6, kernel: 5, stride: 2, channels: 40 },
  { blocks: 3, expansion: 6, kernel: 3, stride: 2, channels: 80 },
  { blocks: 3, expansion: 6, kernel: 5, stride: 1, channels: 112 },
  { blocks: 4, expansion: 6, kernel: 5, stride: 2, channels: 192 },
  { blocks: 1, expansion: 6, kernel: 3, stride: 1, channels: 320 },
];

/** Lite networks keep the size of stem and top at every width. */
const stemChannels = 32;
const topChannels = 1280;
const activation = 'relu6';

/**
 * Builds EfficientNet-Lite (Tan & Le 2019, arXiv:1905.11946; the Lite variants drop squeeze-and-excitation and use
 * ReLU6). Input `[batch, size, size, 3]` float32 NHWC, pixels as (value - 127) / 128; output `[batch, classes]`
 * probabilities, or the embedding where classes is 0. Weights are zero, batch norm identity, until they are loaded.
 *
 * Named parts: `stem`, `block0` …, `top`, `embedding` `[batch, 1280]`, `logits`, `probabilities`.
 */
export function buildEfficientNetLite(
  variant: keyof typeof liteVariants,
  classes = 1000,
  size: Pick<NetworkOptions, 'inputSize' | 'width'> = {},
): tf.LayersModel {
  const { depth, ...own } = liteVariants[variant];
  const { inputSize = own.inputSize } = size;
  const width = own.width * (size.width ?? 1);
  const image = tf.input({ shape: [inputSize, inputSize, 3], name: 'image' });
  let x = convUnit(image, 'stem', { filters: stemChannels, kernel: 3, stride: 2, activation });
  let count = 0;
  for (const [i, stage] of stages.entries()) {
    const outermost = i === 0 || i === stages.length - 1;
    const blocks = outermost ? stage.blocks : Math.ceil(stage.blocks * depth);
    const channels = roundToEight(stage.channels * width);
    for (let n = 0; n < blocks; n++)
      x = invertedResidual(x, `block${count++}`, { ...stage, channels, stride: n === 0 ? stage.stride : 1 });
  }
  x = convUnit(x, 'top', { filters: topChannels, kernel: 1, activation });
  return tf.model({ inputs: image, outputs: classifier(x, classes), name: `efficientnet-${variant}` });
}
