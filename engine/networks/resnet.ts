import { tf } from '../tensorflow/index.ts';
import { apply, classifier, convUnit, pool, scaled, type NetworkOptions } from './layers.ts';

/** Blocks in each of the four stages, and whether they are bottlenecks. */
const depths = {
  18: { blocks: [2, 2, 2, 2], bottleneck: false },
  50: { blocks: [3, 4, 6, 3], bottleneck: true },
} as const;

/** Channels of the first stage; each later one has twice those before. A bottleneck gives four times as many. */
const firstChannels = 64;
const expansion = 4;

interface Block {
  readonly bottleneck: boolean;
  readonly channels: number;
  readonly stride: number;
}

/**
 * Builds ResNet-18 or -50 (He et al. 2015, arXiv:1512.03385; in bottlenecks the 3 × 3 convolution strides, as in torchvision,
 * not the one before): 11,689,512 and 25,557,032 parameters. Input `[batch, 224, 224, 3]` float32 NHWC, pixels as
 * (value - 127) / 64; output `[batch, classes]` probabilities. Zeros until weights are drawn or loaded. Of an input below 64
 * the stem halves nothing (3 × 3 convolution, no pool), as the paper's networks for small pictures.
 *
 * Named parts: `stem`, `stage1-block1` … `stage4-block2`, `embedding`, `logits`, `probabilities`.
 */
export function buildResNet(
  depth: keyof typeof depths,
  { classes = 1000, inputSize = 224, channels = 3, width = 1 }: NetworkOptions = {},
): tf.LayersModel {
  const { blocks, bottleneck } = depths[depth];
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  const small = inputSize < 64;
  const stem = { filters: scaled(firstChannels, width), activation: 'relu' } as const;
  let x = convUnit(image, 'stem', { ...stem, kernel: small ? 3 : 7, stride: small ? 1 : 2 });
  if (!small) x = pool(x, 'stem-pool', { kind: 'max', size: 3, stride: 2, padding: 'same' });
  for (const [stage, count] of blocks.entries())
    for (let n = 0; n < count; n++) {
      const stride = stage > 0 && n === 0 ? 2 : 1;
      const shape = { bottleneck, channels: scaled(firstChannels * 2 ** stage, width), stride };
      x = block(x, `stage${stage + 1}-block${n + 1}`, shape);
    }
  return tf.model({ inputs: image, outputs: classifier(x, classes), name: `resnet-${depth}` });
}

/** What the convolutions add to the input, which a 1 × 1 convolution brings to their shape where it has another. */
function block(input: tf.SymbolicTensor, name: string, options: Block): tf.SymbolicTensor {
  const { bottleneck, channels, stride } = options;
  const activation = 'relu';
  const filters = bottleneck ? channels * expansion : channels;
  let x = input;
  if (bottleneck) x = convUnit(x, `${name}-reduce`, { filters: channels, kernel: 1, activation });
  x = convUnit(x, `${name}-conv`, { filters: channels, kernel: 3, stride, activation });
  x = convUnit(x, `${name}-last`, { filters, kernel: bottleneck ? 1 : 3 });
  const fits = stride === 1 && input.shape.at(-1) === filters;
  const shortcut = fits ? input : convUnit(input, `${name}-shortcut`, { filters, kernel: 1, stride });
  return apply(tf.layers.reLU({ name }), apply(tf.layers.add({ name: `${name}-add` }), [x, shortcut]));
}
