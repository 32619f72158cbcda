import { tf } from '../tensorflow/index.ts';
import {
  apply,
  classifier,
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

/** Filters of an Inception module's branches: 1×1; 3×3 and 5×5, each behind a reduction; 1×1 behind a pool. */
interface Inception {
  readonly single: number;
  readonly three: readonly [reduced: number, filters: number];
  readonly five: readonly [reduced: number, filters: number];
  readonly pooled: number;
}

/** Table 1 of the paper. */
const modules: Readonly<Record<string, Inception>> = {
  '3a': { single: 64, three: [96, 128], five: [16, 32], pooled: 32 },
  '3b': { single: 128, three: [128, 192], five: [32, 96], pooled: 64 },
  '4a': { single: 192, three: [96, 208], five: [16, 48], pooled: 64 },
  '4b': { single: 160, three: [112, 224], five: [24, 64], pooled: 64 },
  '4c': { single: 128, three: [128, 256], five: [24, 64], pooled: 64 },
  '4d': { single: 112, three: [144, 288], five: [32, 64], pooled: 64 },
  '4e': { single: 256, three: [160, 320], five: [32, 128], pooled: 128 },
  '5a': { single: 256, three: [160, 320], five: [32, 128], pooled: 128 },
  '5b': { single: 384, three: [192, 384], five: [48, 128], pooled: 128 },
};

/** The grid halves before these modules. */
const halvedBefore = ['3a', '4a', '5a'];
/** These modules' maps are classified too, while training. */
const auxiliaryAfter = ['4a', '4d'];

/**
 * Builds GoogLeNet, the first Inception (Szegedy et al. 2014, arXiv:1409.4842), with local response normalisation: 6,998,552
 * parameters, 13,378,280 with both auxiliary classifiers. Input `[batch, 224, 224, 3]` float32 NHWC, pixels less 127;
 * outputs `[batch, classes]` probabilities: the answer and, with `auxiliary`, those of the two classifiers that help to train
 * what is below them. Zeros until weights are drawn or loaded.
 *
 * Named parts: `conv1`, `norm1`, `conv2-reduce`, `conv2`, `norm2`, `inception3a` … `inception5b`, `embedding`, `logits`,
 * `probabilities`; `auxiliary4a-…`, `auxiliary4d-…`.
 */
export function buildGoogLeNet({
  classes = 1000,
  inputSize = 224,
  channels = 3,
  width = 1,
  auxiliary = false,
}: NetworkOptions & { readonly auxiliary?: boolean } = {}): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, channels], name: 'image' });
  const halved = { kind: 'max', size: 3, stride: 2, padding: 'same' } as const;
  let x = conv(image, 'conv1', { filters: scaled(64, width), kernel: 7, stride: 2 });
  x = normed(pool(x, 'pool1', halved), 'norm1');
  x = conv(x, 'conv2-reduce', { filters: scaled(64, width), kernel: 1 });
  x = normed(conv(x, 'conv2', { filters: scaled(192, width), kernel: 3 }), 'norm2');
  const beside: tf.SymbolicTensor[] = [];
  for (const [name, filters] of Object.entries(modules)) {
    if (halvedBefore.includes(name)) x = pool(x, `pool-${name}`, halved);
    x = inception(x, `inception${name}`, filters, width);
    if (auxiliary && auxiliaryAfter.includes(name))
      beside.push(auxiliaryClassifier(x, `auxiliary${name}-`, classes, width));
  }
  const answer = classifier(x, classes, 0.4);
  return tf.model({ inputs: image, outputs: [answer, ...beside], name: 'googlenet' });
}

function inception(
  x: tf.SymbolicTensor,
  name: string,
  { single, three, five, pooled }: Inception,
  width: number,
): tf.SymbolicTensor {
  const maps = (input: tf.SymbolicTensor, part: string, filters: number, kernel: number) =>
    conv(input, `${name}-${part}`, { filters: scaled(filters, width), kernel });
  const around = pool(x, `${name}-around`, { kind: 'max', size: 3, stride: 1, padding: 'same' });
  return apply(tf.layers.concatenate({ name }), [
    maps(x, '1x1', single, 1),
    maps(maps(x, '3x3-reduce', three[0], 1), '3x3', three[1], 3),
    maps(maps(x, '5x5-reduce', five[0], 1), '5x5', five[1], 5),
    maps(around, 'pool', pooled, 1),
  ]);
}

function auxiliaryClassifier(
  x: tf.SymbolicTensor,
  name: string,
  classes: number,
  width: number,
): tf.SymbolicTensor {
  // A small input leaves fewer places than the window has.
  const size = Math.min(5, x.shape[1] ?? 5);
  const seen = pool(x, `${name}pool`, { kind: 'average', size, stride: 3 });
  const reduced = conv(seen, `${name}conv`, { filters: scaled(128, width), kernel: 1 });
  const units = dense(flatten(reduced, `${name}flat`), `${name}fc`, scaled(1024, width));
  return probabilities(dropout(units, `${name}dropout`, 0.7), classes, name);
}

/** With the constants of the network as it was published for Caffe. */
function normed(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return apply(new LocalResponseNormalization({ name, bias: 1, alpha: 2e-5 }), x);
}
