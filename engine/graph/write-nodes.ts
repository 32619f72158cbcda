import type {
  Activation,
  ConvNode,
  DepthwiseConvNode,
  GraphNode,
  InferenceGraph,
  LocalResponseNormNode,
  PoolNode,
  Weight,
  WeightedNode,
} from './inference-graph.ts';
import { attribute, DataType, float, indexed, nhwc, type Attributes, type NodeDefs } from './node-defs.ts';
import { inputOf, unread } from './subgraph.ts';

/** Gives the tensor of a node's kernel or bias: a constant, or a variable in training; null for a bias that isn't there. */
export type WeightSource = (node: WeightedNode, part: 'kernel' | 'bias', weight: Weight) => string | null;

/**
 * Writes what a graph computes from the tensor `input`, in the patterns that TensorFlow itself fuses at load (Conv2D,
 * BiasAdd, Relu). What it returns gives the tensor of each node by the node's name.
 */
export function writeNodes(
  defs: NodeDefs,
  graph: InferenceGraph,
  input: string,
  weightOf: WeightSource = (node, part, weight) => defs.floats(`${node.name}/${part}`, weight),
): (name: string) => string {
  const first = inputOf(graph);
  const tensors = new Map([[first.name, input]]);
  const read = (name: string): string => tensors.get(name) ?? unread(name);
  for (const node of graph.nodes)
    if (node !== first) tensors.set(node.name, writeNode(defs, node, node.inputs.map(read), weightOf));
  return read;
}

/** Writes the operations of one node and gives the tensor that holds its value. */
export function writeNode(defs: NodeDefs, node: GraphNode, inputs: string[], weightOf: WeightSource): string {
  const { name } = node;
  const rank = node.shape.length + 1;
  switch (node.op) {
    case 'input':
      return defs.add(name, 'Identity', inputs, float);
    case 'scale': {
      const scaled = [...inputs, defs.floats(`${name}/scale`, node.scale)];
      const product = defs.add(`${name}/scaled`, 'Mul', scaled, float);
      return defs.add(name, 'AddV2', [product, defs.floats(`${name}/offset`, node.offset)], float);
    }
    case 'conv':
    case 'depthwise-conv':
    case 'dense':
      return writeWeighted(defs, node, inputs, weightOf);
    case 'max-pool':
    case 'average-pool':
      return defs.add(name, node.op === 'max-pool' ? 'MaxPool' : 'AvgPool', inputs, poolAttributes(node));
    case 'pad': {
      const around = defs.ints(`${name}/padding`, [4, 2], [0, 0, ...node.padding.flat(), 0, 0]);
      return defs.add(name, 'Pad', [...inputs, around], {
        ...float,
        Tpaddings: attribute.type(DataType.int32),
      });
    }
    case 'global-average-pool': {
      const axes = defs.ints(`${name}/axes`, [2], [1, 2]);
      return defs.add(name, 'Mean', [...inputs, axes], { ...indexed, keep_dims: attribute.flag(false) });
    }
    case 'add':
      if (inputs.length === 2) return defs.add(name, 'AddV2', inputs, float);
      return defs.add(name, 'AddN', inputs, { ...float, N: attribute.int(inputs.length) });
    case 'concat': {
      const axis = defs.ints(`${name}/axis`, [], [rank - 1]);
      return defs.add(name, 'ConcatV2', [...inputs, axis], { ...indexed, N: attribute.int(inputs.length) });
    }
    case 'activation':
      return activate(defs, name, inputs, node.activation);
    case 'local-response-norm':
      return defs.add(name, 'LRN', inputs, localResponseAttributes(node));
    case 'flatten':
      return defs.reshape(name, inputs[0] ?? unread(name), [-1, ...node.shape]);
    case 'softmax':
      return defs.add(name, 'Softmax', inputs, float);
  }
}

function writeWeighted(defs: NodeDefs, node: WeightedNode, inputs: string[], weightOf: WeightSource): string {
  const { name, activation } = node;
  const operands = [...inputs, weightOf(node, 'kernel', node.kernel) ?? unread(`${name}/kernel`)];
  const product = defs.add(`${name}/product`, ...multiply(node, operands));
  const bias = weightOf(node, 'bias', node.bias);
  if (bias === null) return activate(defs, name, [product], activation);
  const linear = activation === 'linear' ? name : `${name}/biased`;
  const sum = defs.add(linear, 'BiasAdd', [product, bias], { ...float, ...nhwc });
  return activate(defs, name, [sum], activation);
}

function multiply(
  node: WeightedNode,
  operands: string[],
): [op: string, inputs: string[], attributes: Attributes] {
  if (node.op === 'dense') {
    const straight = { transpose_a: attribute.flag(false), transpose_b: attribute.flag(false) };
    return ['MatMul', operands, { ...float, ...straight }];
  }
  const op = node.op === 'conv' ? 'Conv2D' : 'DepthwiseConv2dNative';
  return [op, operands, convolutionAttributes(node)];
}

function activate(defs: NodeDefs, name: string, inputs: string[], activation: Activation): string {
  if (activation === 'linear') return inputs[0] ?? unread(name);
  return defs.add(name, activations[activation], inputs, float);
}

const activations = { relu: 'Relu', relu6: 'Relu6', tanh: 'Tanh' };

/** Of Conv2D, DepthwiseConv2dNative and the operations of their gradients. */
export function convolutionAttributes(node: ConvNode | DepthwiseConvNode): Attributes {
  return { ...float, ...nhwc, ...movement(node), dilations: attribute.ints([1, 1, 1, 1]) };
}

/** Of MaxPool, AvgPool and the operations of their gradients. */
export function poolAttributes(node: PoolNode): Attributes {
  return { ...float, ...nhwc, ...movement(node), ksize: attribute.ints([1, ...node.size, 1]) };
}

/** Of LRN and of its gradient. */
export function localResponseAttributes({ radius, bias, alpha, beta }: LocalResponseNormNode): Attributes {
  const { int, real } = attribute;
  return { ...float, depth_radius: int(radius), bias: real(bias), alpha: real(alpha), beta: real(beta) };
}

function movement({ strides, padding }: Pick<PoolNode, 'strides' | 'padding'>) {
  return { strides: attribute.ints([1, ...strides, 1]), padding: attribute.text(padding.toUpperCase()) };
}
