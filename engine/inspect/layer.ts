/**
 * A network as its layers and their settings alone: what can be known of it from arithmetic. Plain data, no weights, no
 * TensorFlow. Layers keep Keras's meaning; images are `[height, width, channels]`.
 */

export type Shape = readonly number[];
export type Pair = readonly [number, number];
export type Padding = 'same' | 'valid';

interface Activated {
  /** What is done to each value afterwards, which costs nothing that counts; null is nothing. */
  readonly activation: string | null;
}

interface Window {
  /** Height and width. */
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

export interface ConvSpec extends Window, Activated {
  readonly kind: 'conv';
  readonly filters: number;
  readonly bias: boolean;
}

/** Every channel is filtered by itself, `multiplier` times. */
export interface DepthwiseConvSpec extends Window, Activated {
  readonly kind: 'depthwise-conv';
  readonly multiplier: number;
  readonly bias: boolean;
}

export interface PoolSpec extends Window {
  readonly kind: 'max-pool' | 'average-pool';
}

export interface DenseSpec extends Activated {
  readonly kind: 'dense';
  readonly units: number;
  readonly bias: boolean;
}

/** Four figures a channel with both; mean and variance are statistics that no gradient trains. */
export interface BatchNormSpec {
  readonly kind: 'batch-norm';
  readonly gain: boolean;
  readonly offset: boolean;
}

export interface DropoutSpec {
  readonly kind: 'dropout';
  /** Share of the values that are dropped while training. */
  readonly rate: number;
}

/** A layer of its own that changes each value, such as `relu`, or all of a position, such as `softmax`. */
export interface ActivationSpec {
  readonly kind: 'activation';
  readonly activation: string;
}

/** Zeros around an image: `[[top, bottom], [left, right]]`. */
export interface PadSpec {
  readonly kind: 'pad';
  readonly padding: readonly [Pair, Pair];
}

/** A layer without settings that arithmetic would ask for. */
interface Plain<Kind extends string> {
  readonly kind: Kind;
}

export type LayerSpec =
  | ConvSpec
  | DepthwiseConvSpec
  | PoolSpec
  | DenseSpec
  | BatchNormSpec
  | DropoutSpec
  | ActivationSpec
  | PadSpec
  | Plain<'local-response-norm'>
  /** The mean or the maximum of each channel. */
  | Plain<'global-pool'>
  | Plain<'flatten'>
  | Plain<'add'>
  /** Joins channels. */
  | Plain<'concat'>;

/** The name by which the first layers read the image. */
export const image = 'image';

export interface Layer {
  readonly name: string;
  /** Names of the layers it reads, or `image`, in order. */
  readonly inputs: readonly string[];
  readonly spec: LayerSpec;
}

/** Layers in an order in which each comes after those it reads. */
export type Layers = readonly Layer[];

/** Whether every layer reads the one before it and nothing else. */
export function isChain(layers: Layers): boolean {
  return layers.every(({ inputs }, i) => inputs.length === 1 && inputs[0] === (layers[i - 1]?.name ?? image));
}

/** How many values a shape has. */
export function valuesOf(shape: Shape): number {
  return shape.reduce((n, size) => n * size, 1);
}
