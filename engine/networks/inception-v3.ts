import { tf } from '../tensorflow/index.ts';
import { apply, classifier, convUnit } from './layers.ts';

/** A convolution of a branch: filters, kernel height and width, and stride 2 without padding where the grid shrinks. */
type Conv = readonly [filters: number, height: number, width: number, shrink?: 'shrink'];

const nativeSize = 299;

/**
 * Builds Inception v3 (Szegedy et al. 2015, arXiv:1512.00567) as Keras does. Input `[batch, 299, 299, 3]` float32 NHWC,
 * pixels as value / 127.5 - 1; output `[batch, classes]` probabilities, or the embedding where classes is 0. Weights are
 * zero, batch norm (without gain) identity, until they are loaded.
 *
 * Named parts: `stem1` … `stem5`, `mixed0` … `mixed10` (their branches `mixed0-1x1`, …), `embedding` `[batch, 2048]`,
 * `logits`, `probabilities`. An input of another size has at least 75 places a side. Convolutions are created in Keras's order, by which its weight files number them.
 */
export function buildInceptionV3(classes = 1000, inputSize = nativeSize): tf.LayersModel {
  const image = tf.input({ shape: [inputSize, inputSize, 3], name: 'image' });
  let x = stem(image);
  x = gridOf35(x, 'mixed0', 32);
  x = gridOf35(x, 'mixed1', 64);
  x = gridOf35(x, 'mixed2', 64);
  x = shrinkTo17(x, 'mixed3');
  x = gridOf17(x, 'mixed4', 128);
  x = gridOf17(x, 'mixed5', 160);
  x = gridOf17(x, 'mixed6', 160);
  x = gridOf17(x, 'mixed7', 192);
  x = shrinkTo8(x, 'mixed8');
  x = gridOf8(x, 'mixed9');
  x = gridOf8(x, 'mixed10');
  return tf.model({ inputs: image, outputs: classifier(x, classes), name: 'inception-v3' });
}

function stem(image: tf.SymbolicTensor): tf.SymbolicTensor {
  let x = conv(image, 'stem1', [32, 3, 3, 'shrink']);
  x = conv(x, 'stem2', [32, 3, 3], 'valid');
  x = conv(x, 'stem3', [64, 3, 3]);
  x = maxPool(x, 'stem3-pool');
  x = conv(x, 'stem4', [80, 1, 1], 'valid');
  x = conv(x, 'stem5', [192, 3, 3], 'valid');
  return maxPool(x, 'stem5-pool');
}

function gridOf35(x: tf.SymbolicTensor, name: string, poolFilters: number): tf.SymbolicTensor {
  return concat(name, [
    branch(x, `${name}-1x1`, [[64, 1, 1]]),
    branch(x, `${name}-5x5`, [
      [48, 1, 1],
      [64, 5, 5],
    ]),
    branch(x, `${name}-3x3double`, [
      [64, 1, 1],
      [96, 3, 3],
      [96, 3, 3],
    ]),
    branch(averagePool(x, `${name}-average`), `${name}-pool`, [[poolFilters, 1, 1]]),
  ]);
}

function shrinkTo17(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return concat(name, [
    branch(x, `${name}-3x3`, [[384, 3, 3, 'shrink']]),
    branch(x, `${name}-3x3double`, [
      [64, 1, 1],
      [96, 3, 3],
      [96, 3, 3, 'shrink'],
    ]),
    maxPool(x, `${name}-pool`),
  ]);
}

function gridOf17(x: tf.SymbolicTensor, name: string, n: number): tf.SymbolicTensor {
  return concat(name, [
    branch(x, `${name}-1x1`, [[192, 1, 1]]),
    branch(x, `${name}-7x7`, [
      [n, 1, 1],
      [n, 1, 7],
      [192, 7, 1],
    ]),
    branch(x, `${name}-7x7double`, [
      [n, 1, 1],
      [n, 7, 1],
      [n, 1, 7],
      [n, 7, 1],
      [192, 1, 7],
    ]),
    branch(averagePool(x, `${name}-average`), `${name}-pool`, [[192, 1, 1]]),
  ]);
}

function shrinkTo8(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return concat(name, [
    branch(x, `${name}-3x3`, [
      [192, 1, 1],
      [320, 3, 3, 'shrink'],
    ]),
    branch(x, `${name}-7x7x3`, [
      [192, 1, 1],
      [192, 1, 7],
      [192, 7, 1],
      [192, 3, 3, 'shrink'],
    ]),
    maxPool(x, `${name}-pool`),
  ]);
}

function gridOf8(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return concat(name, [
    branch(x, `${name}-1x1`, [[320, 1, 1]]),
    split(branch(x, `${name}-3x3`, [[384, 1, 1]]), `${name}-3x3-split`),
    split(
      branch(x, `${name}-3x3double`, [
        [448, 1, 1],
        [384, 3, 3],
      ]),
      `${name}-3x3double-split`,
    ),
    branch(averagePool(x, `${name}-average`), `${name}-pool`, [[192, 1, 1]]),
  ]);
}

/** A 3×3 filter as a row and a column side by side. */
function split(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return concat(name, [branch(x, `${name}-row`, [[384, 1, 3]]), branch(x, `${name}-column`, [[384, 3, 1]])]);
}

/** Convolutions one after the other, `<name>-1` …; a single one is called `<name>`. */
function branch(input: tf.SymbolicTensor, name: string, convs: readonly Conv[]): tf.SymbolicTensor {
  return convs.reduce((x, each, i) => conv(x, convs.length === 1 ? name : `${name}-${i + 1}`, each), input);
}

function conv(
  x: tf.SymbolicTensor,
  name: string,
  [filters, height, width, shrink]: Conv,
  padding: 'same' | 'valid' = shrink ? 'valid' : 'same',
): tf.SymbolicTensor {
  const stride = shrink ? 2 : 1;
  return convUnit(x, name, {
    filters,
    kernel: [height, width],
    stride,
    padding,
    gain: false,
    activation: 'relu',
  });
}

function maxPool(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return apply(tf.layers.maxPooling2d({ name, poolSize: 3, strides: 2, padding: 'valid' }), x);
}

function averagePool(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  return apply(tf.layers.averagePooling2d({ name, poolSize: 3, strides: 1, padding: 'same' }), x);
}

function concat(name: string, branches: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return apply(tf.layers.concatenate({ name, axis: -1 }), branches);
}
