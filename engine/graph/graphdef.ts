import type { PixelScale } from '../../contract/index.ts';
import type { Activation, GraphNode, InferenceGraph, PoolNode } from './inference-graph.ts';
import { inputOf, nodeNamed } from './subgraph.ts';
import {
  attribute,
  DataType,
  NodeDefs,
  shape,
  type Attributes,
  type NodeDef,
  type Shape,
} from './node-defs.ts';

/** A tensor that goes in or comes out, under the name that callers use. */
export interface Port {
  readonly key: string;
  readonly tensor: string;
  readonly dtype: DataType;
  readonly shape: Shape;
}

/** The version of TensorFlow's graph format that TensorFlow 2.0 writes; every operation used here is in it. */
export const graphVersion = 134;

export interface GraphDef {
  readonly nodes: readonly NodeDef[];
  readonly input: Port;
  readonly outputs: readonly Port[];
}

/**
 * What goes in: float32 values that are already scaled; or pixels 0 … 255, as uint8 or as one string of raw bytes per
 * photo, that the graph scales itself.
 */
export type GraphInput =
  { readonly kind: 'float' } | { readonly kind: 'uint8' | 'bytes'; readonly pixelScale: PixelScale };

/** What callers of a written graph know its input and outputs by; the names of the nodes by default. */
export interface PortNames {
  readonly inputName?: string | undefined;
  readonly outputNames?: readonly string[] | undefined;
}

/**
 * A graph as TensorFlow operations with the weights as constants, in the patterns that TensorFlow itself fuses at load
 * (Conv2D, BiasAdd, Relu).
 */
export function toGraphDef(graph: InferenceGraph, input: GraphInput, names: PortNames = {}): GraphDef {
  const defs = new NodeDefs();
  const first = inputOf(graph);
  const port = writeInput(defs, first, input, names.inputName ?? first.name);
  const tensors = new Map([[first.name, scalePixels(defs, first, input, port.tensor)]]);
  const read = (name: string): string => tensors.get(name) ?? unread(name);
  for (const node of graph.nodes)
    if (node !== first) tensors.set(node.name, writeNode(defs, node, node.inputs.map(read)));
  const outputs = graph.outputs.map((name, i) => ({
    key: names.outputNames?.[i] ?? name,
    tensor: read(name),
    dtype: DataType.float,
    shape: shape([-1, ...nodeNamed(graph, name).shape]),
  }));
  return { nodes: defs.nodes, input: port, outputs };
}

const float = { T: attribute.type(DataType.float) };
const indexed = { ...float, Tidx: attribute.type(DataType.int32) };
const nhwc = { data_format: attribute.text('NHWC') };

function writeInput(defs: NodeDefs, node: GraphNode, { kind }: GraphInput, key: string): Port {
  const dtype = { float: DataType.float, uint8: DataType.uint8, bytes: DataType.string }[kind];
  const sizes = kind === 'bytes' ? [-1] : [-1, ...node.shape];
  const attr = { dtype: attribute.type(dtype), shape: attribute.shape(sizes) };
  return { key, tensor: defs.add(key, 'Placeholder', [], attr), dtype, shape: shape(sizes) };
}

/** Pixels become values by `(pixel - mean) / standardDeviation`. */
function scalePixels(defs: NodeDefs, node: GraphNode, input: GraphInput, tensor: string): string {
  if (input.kind === 'float') return tensor;
  const name = node.name;
  const pixels = input.kind === 'uint8' ? tensor : decodeBytes(defs, node, tensor);
  const { mean, standardDeviation } = input.pixelScale;
  const cast = { SrcT: attribute.type(DataType.uint8), DstT: attribute.type(DataType.float) };
  const values = defs.add(`${name}/values`, 'Cast', [pixels], cast);
  const single = (part: string, value: number) =>
    defs.floats(`${name}/${part}`, { shape: [], data: Float32Array.of(value) });
  const centred = defs.add(`${name}/centred`, 'Sub', [values, single('mean', mean)], float);
  return defs.add(`${name}/scaled`, 'Mul', [centred, single('factor', 1 / standardDeviation)], float);
}

function decodeBytes(defs: NodeDefs, { name, shape }: GraphNode, tensor: string): string {
  const raw = defs.add(`${name}/raw`, 'DecodeRaw', [tensor], { out_type: attribute.type(DataType.uint8) });
  const sizes = defs.ints(`${name}/sizes`, [shape.length + 1], [-1, ...shape]);
  const attr = { T: attribute.type(DataType.uint8), Tshape: attribute.type(DataType.int32) };
  return defs.add(`${name}/pixels`, 'Reshape', [raw, sizes], attr);
}

/** Writes the operations of one node and gives the tensor that holds its value. */
function writeNode(defs: NodeDefs, node: GraphNode, inputs: string[]): string {
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
      return writeWeighted(defs, node, inputs);
    case 'max-pool':
    case 'average-pool':
      return defs.add(name, node.op === 'max-pool' ? 'MaxPool' : 'AvgPool', inputs, windowOf(node));
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
    case 'flatten': {
      const sizes = defs.ints(`${name}/sizes`, [2], [-1, ...node.shape]);
      return defs.add(name, 'Reshape', [...inputs, sizes], {
        ...float,
        Tshape: attribute.type(DataType.int32),
      });
    }
    case 'softmax':
      return defs.add(name, 'Softmax', inputs, float);
  }
}

type WeightedNode = Extract<GraphNode, { kernel: unknown }>;

function writeWeighted(defs: NodeDefs, node: WeightedNode, inputs: string[]): string {
  const { name, activation } = node;
  const operands = [...inputs, defs.floats(`${name}/kernel`, node.kernel)];
  const product = defs.add(`${name}/product`, ...multiply(node, operands));
  const biased = [product, defs.floats(`${name}/bias`, node.bias)];
  const linear = activation === 'linear' ? name : `${name}/biased`;
  const sum = defs.add(linear, 'BiasAdd', biased, { ...float, ...nhwc });
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
  const dilations = attribute.ints([1, 1, 1, 1]);
  return [op, operands, { ...float, ...nhwc, ...movement(node), dilations }];
}

function activate(defs: NodeDefs, name: string, inputs: string[], activation: Activation): string {
  if (activation === 'linear') return inputs[0] ?? unread(name);
  return defs.add(name, activation === 'relu' ? 'Relu' : 'Relu6', inputs, float);
}

function windowOf(node: PoolNode) {
  return { ...float, ...nhwc, ...movement(node), ksize: attribute.ints([1, ...node.size, 1]) };
}

function movement({ strides, padding }: Pick<PoolNode, 'strides' | 'padding'>) {
  return { strides: attribute.ints([1, ...strides, 1]), padding: attribute.text(padding.toUpperCase()) };
}

function unread(name: string): never {
  throw new Error(`"${name}" is read before it is written.`);
}
