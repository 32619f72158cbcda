/**
 * The inference graph: what a network computes once it is trained, in a small set of typed operations. Plain data, no
 * TensorFlow: every writer, the eager reference and the training of the tail start from here.
 * Batch norm is folded into the convolution before it, dropout is gone, activations are fused, all shapes are known.
 * Activations are NHWC float32.
 */

/** Constant values, row-major float32. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Activation = 'linear' | 'relu' | 'relu6' | 'tanh';

/** TensorFlow's two paddings: `same` keeps ceil(size / stride) positions, `valid` pads nothing. */
export type Padding = 'same' | 'valid';

/** What every node has. */
export interface Named {
  readonly name: string;
  /** Names of the nodes it reads, in order. */
  readonly inputs: readonly string[];
  /** Shape of its output without the batch dimension. */
  readonly shape: readonly number[];
}

interface Window {
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

export interface InputNode extends Named {
  readonly op: 'input';
}

/** `x * scale + offset` per channel (both length 1 or channels): pixel scaling, and batch norm that nothing can absorb. */
export interface ScaleNode extends Named {
  readonly op: 'scale';
  readonly scale: Weight;
  readonly offset: Weight;
}

/** Kernel `[height, width, in, out]`, bias `[out]`. */
export interface ConvNode extends Named, Window {
  readonly op: 'conv';
  readonly kernel: Weight;
  readonly bias: Weight;
  readonly activation: Activation;
}

/** Kernel `[height, width, channels, 1]`, bias `[channels]`. */
export interface DepthwiseConvNode extends Named, Window {
  readonly op: 'depthwise-conv';
  readonly kernel: Weight;
  readonly bias: Weight;
  readonly activation: Activation;
}

/** Kernel `[in, out]`, bias `[out]`. */
export interface DenseNode extends Named {
  readonly op: 'dense';
  readonly kernel: Weight;
  readonly bias: Weight;
  readonly activation: Activation;
}

export interface PoolNode extends Named, Window {
  readonly op: 'max-pool' | 'average-pool';
  readonly size: readonly [number, number];
}

/** Zeros around height and width: `[[top, bottom], [left, right]]`. Only where no convolution's own padding can say it. */
export interface PadNode extends Named {
  readonly op: 'pad';
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
}

/** Mean over height and width: `[h, w, c]` to `[c]`. */
export interface GlobalPoolNode extends Named {
  readonly op: 'global-average-pool';
}

export interface AddNode extends Named {
  readonly op: 'add';
}

/** Joins channels. */
export interface ConcatNode extends Named {
  readonly op: 'concat';
}

export interface ActivationNode extends Named {
  readonly op: 'activation';
  readonly activation: Exclude<Activation, 'linear'>;
}

/**
 * Local response normalisation over channels (Krizhevsky et al. 2012, section 3.3): `x / (bias + alpha * sum)^beta`, the sum
 * being that of the squares of `radius` channels to either side and of the channel itself.
 */
export interface LocalResponseNormNode extends Named {
  readonly op: 'local-response-norm';
  readonly radius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** `[h, w, c]` to `[h * w * c]`, channels fastest. */
export interface FlattenNode extends Named {
  readonly op: 'flatten';
}

/** Along the last axis. */
export interface SoftmaxNode extends Named {
  readonly op: 'softmax';
}

export type GraphNode =
  | InputNode
  | ScaleNode
  | ConvNode
  | DepthwiseConvNode
  | DenseNode
  | PoolNode
  | PadNode
  | GlobalPoolNode
  | AddNode
  | ConcatNode
  | ActivationNode
  | LocalResponseNormNode
  | FlattenNode
  | SoftmaxNode;

/** The nodes that multiply by a kernel. */
export type WeightedNode = ConvNode | DepthwiseConvNode | DenseNode;

export interface Graph<Node> {
  readonly name: string;
  /** In an order in which every node comes after the nodes it reads; the first is the only input. */
  readonly nodes: readonly Node[];
  /** Names of the nodes whose values are the answer. */
  readonly outputs: readonly string[];
}

export type InferenceGraph = Graph<GraphNode>;
