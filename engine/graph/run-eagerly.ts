import { tf } from '../tensorflow/runtime.ts';
import type {
  Activation,
  GraphNode,
  InferenceGraph,
  PoolNode,
  ScaleNode,
  Weight,
  WeightedNode,
} from './inference-graph.ts';

/** Gives the tensor of a node's kernel or bias, in the weight's shape: a variable in training. */
export type WeightTensor = (node: GraphNode, part: 'kernel' | 'bias', weight: Weight) => tf.Tensor;

const constant: WeightTensor = (_node, _part, weight) => tf.tensor(weight.data, [...weight.shape]);

/**
 * Runs a graph operation by operation: the reference for every compiled form, the forward pass of training (it can be
 * differentiated with respect to `weights`), and the last resort where nothing faster is installed.
 * `x` is `[n, ...shape of the input]` float32; the answer has one tensor `[n, ...shape]` per output.
 */
export function runEagerly(graph: InferenceGraph, x: tf.Tensor, weights = constant): tf.Tensor[] {
  return tf.tidy(() => {
    const values = new Map<string, tf.Tensor>();
    const read = (name: string): tf.Tensor => {
      const value = values.get(name);
      if (value) return value;
      throw new Error(`"${name}" is read before it is computed.`);
    };
    for (const node of graph.nodes)
      values.set(node.name, node.op === 'input' ? x : compute(node, node.inputs.map(read), weights));
    return graph.outputs.map(read);
  });
}

/** The value of one node other than the input, `[n, ...shape]`, from those that it reads. */
export function compute(node: GraphNode, inputs: tf.Tensor[], weights: WeightTensor): tf.Tensor {
  const [x] = inputs;
  if (!x) throw new Error(`"${node.name}" reads nothing.`);
  switch (node.op) {
    case 'input':
      return x;
    case 'scale':
      return scale(x, node);
    case 'conv':
    case 'depthwise-conv':
    case 'dense': {
      const kernel = weights(node, 'kernel', node.kernel);
      const linear = weigh(node, x, kernel).add(weights(node, 'bias', node.bias));
      return activate(linear, node.activation);
    }
    case 'max-pool':
    case 'average-pool':
      return pool(image(x), node);
    case 'pad':
      return tf.pad(image(x), [[0, 0], [...node.padding[0]], [...node.padding[1]], [0, 0]]);
    case 'global-average-pool':
      return tf.mean(x, [1, 2]);
    case 'add':
      return tf.addN(inputs);
    case 'concat':
      return tf.concat(inputs, -1);
    case 'activation':
      return activate(x, node.activation);
    case 'local-response-norm':
      return tf.localResponseNormalization(image(x), node.radius, node.bias, node.alpha, node.beta);
    case 'flatten':
      return tf.reshape(x, [-1, ...node.shape]);
    case 'softmax':
      return tf.softmax(x);
  }
}

function scale(x: tf.Tensor, { scale, offset }: ScaleNode): tf.Tensor {
  return x.mul(tf.tensor1d(scale.data)).add(tf.tensor1d(offset.data));
}

function weigh(node: WeightedNode, x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
  if (node.op === 'dense') return tf.matMul(x, kernel);
  if (node.op === 'conv') return tf.conv2d(image(x), image(kernel), [...node.strides], node.padding);
  return tf.depthwiseConv2d(image(x), image(kernel), [...node.strides], node.padding);
}

function pool(x: tf.Tensor4D, { op, size, strides, padding }: PoolNode): tf.Tensor {
  return (op === 'max-pool' ? tf.maxPool : tf.avgPool)(x, [...size], [...strides], padding);
}

function activate(x: tf.Tensor, activation: Activation): tf.Tensor {
  return activation === 'linear' ? x : tf[activation](x);
}

function image(x: tf.Tensor): tf.Tensor4D {
  if (isRank4(x)) return x;
  throw new Error(`A tensor of shape [${x.shape.join(', ')}] is no image or kernel.`);
}

function isRank4(x: tf.Tensor): x is tf.Tensor4D {
  return x.rank === 4;
}
