import type { PortNames } from './graphdef.ts';
import type {
  Activation,
  ConvNode,
  DepthwiseConvNode,
  GraphNode,
  InferenceGraph,
  PoolNode,
  ScaleNode,
  Weight,
  WeightedNode,
} from './inference-graph.ts';
import { inputOf, nodeNamed, unread } from './subgraph.ts';
import { float32, int32, int8, TfliteModel, type Metadata, type TensorIndex } from './tflite-model.ts';
import type { Field, Table } from './flatbuffer.ts';

/**
 * A graph as the bytes of a TFLite file, for phones, browsers and small boards: one image `[1, height, width, channels]`
 * float32 in, NHWC. `metadata` is kept beside the network.
 */
export function toTflite(
  graph: InferenceGraph,
  { inputName, outputNames }: PortNames = {},
  metadata: readonly Metadata[] = [],
): Uint8Array {
  const model = new TfliteModel();
  const first = inputOf(graph);
  const input = inputName ?? first.name;
  const tensors = new Map([[first.name, model.tensor(input, first.shape)]]);
  const ports = graph.outputs.map((name, i) => ({ node: name, name: outputNames?.[i] ?? name }));
  const read = (name: string): TensorIndex => tensors.get(name) ?? unread(name);
  for (const node of graph.nodes) {
    if (node === first) continue;
    const name = ports.find((port) => port.node === node.name)?.name ?? node.name;
    tensors.set(node.name, writeNode(model, node, node.inputs.map(read), model.tensor(name, node.shape)));
  }
  const outputs = ports.map(({ node, name }) => ({ name, tensor: read(nodeNamed(graph, node).name) }));
  return model.encode(graph.name, { name: input, tensor: read(first.name) }, outputs, metadata);
}

/** Numbers of padding and of the activations that an operation does at its end (schema.fbs). */
const paddings = { same: 0, valid: 1 };
const fused = { linear: 0, relu: 1, relu6: 3 };
const none = int8(fused.linear);

/** Writes the operations of one node; the last fills `output`, which is given back. */
function writeNode(
  model: TfliteModel,
  node: GraphNode,
  inputs: readonly TensorIndex[],
  output: TensorIndex,
): TensorIndex {
  const { name } = node;
  switch (node.op) {
    case 'input':
      return inputs[0] ?? unread(name);
    case 'scale':
      return writeScale(model, node, inputs, output);
    case 'conv':
    case 'depthwise-conv':
    case 'dense':
      return writeWeighted(model, node, inputs, output);
    case 'max-pool':
    case 'average-pool': {
      const [height, width] = node.size;
      return model.add(node.op, inputs, output, [...movement(node), int32(width), int32(height), none]);
    }
    case 'pad': {
      const around = model.ints(`${name}/padding`, [4, 2], [0, 0, ...node.padding.flat(), 0, 0]);
      return model.add('pad', [...inputs, around], output);
    }
    case 'global-average-pool':
      return model.add('mean', [...inputs, model.ints(`${name}/axes`, [2], [1, 2])], output, [int8(0)]);
    case 'add':
      if (inputs.length === 2) return model.add('add', inputs, output, [none]);
      return model.add('add-n', inputs, output);
    case 'concat':
      return model.add('concat', inputs, output, [int32(node.shape.length), none]);
    case 'activation':
      return model.add(node.activation, inputs, output);
    case 'local-response-norm': {
      const { radius, bias, alpha, beta } = node;
      const options = [int32(radius), float32(bias), float32(alpha), float32(beta)];
      return model.add('local-response-norm', inputs, output, options);
    }
    case 'flatten': {
      const shape = [-1, ...node.shape];
      return model.add('reshape', [...inputs, model.ints(`${name}/shape`, [shape.length], shape)], output, [
        { int32s: shape },
      ]);
    }
    case 'softmax':
      return model.add('softmax', inputs, output, [float32(1)]);
  }
}

function writeScale(
  model: TfliteModel,
  { name, shape, scale, offset }: ScaleNode,
  inputs: readonly TensorIndex[],
  output: TensorIndex,
): TensorIndex {
  const scaled = model.tensor(`${name}/scaled`, shape);
  model.add('multiply', [...inputs, model.floats(`${name}/scale`, scale)], scaled, [none]);
  return model.add('add', [scaled, model.floats(`${name}/offset`, offset)], output, [none]);
}

function writeWeighted(
  model: TfliteModel,
  node: WeightedNode,
  inputs: readonly TensorIndex[],
  output: TensorIndex,
): TensorIndex {
  const { name, activation, bias } = node;
  const kernel = model.floats(`${name}/kernel`, outputsFirst(node));
  const operands = [...inputs, kernel, model.floats(`${name}/bias`, bias)];
  // No convolution does tanh at its end.
  if (activation !== 'tanh') return model.add(node.op, operands, output, optionsOf(node, activation));
  const sum = model.tensor(`${name}/linear`, node.shape);
  return model.add('tanh', [model.add(node.op, operands, sum, optionsOf(node, 'linear'))], output);
}

function optionsOf(node: WeightedNode, activation: Exclude<Activation, 'tanh'>): Table {
  const end = int8(fused[activation]);
  switch (node.op) {
    case 'dense':
      return [end];
    case 'conv':
      return [...movement(node), end];
    case 'depthwise-conv':
      return [...movement(node), int32(1), end];
  }
}

function movement({ strides: [down, right], padding }: ConvNode | DepthwiseConvNode | PoolNode): Field[] {
  return [int8(paddings[padding]), int32(right), int32(down)];
}

/** `[height, width, in, out]` as TFLite's `[out, height, width, in]`, `[in, out]` as `[out, in]`, a depthwise one as `[1, height, width, channels]`. */
function outputsFirst({ op, kernel: { shape, data } }: WeightedNode): Weight {
  if (op === 'depthwise-conv') return { shape: [1, ...shape.slice(0, 3)], data };
  const outputs = shape.at(-1) ?? 1;
  const inputs = data.length / outputs;
  const turned = new Float32Array(data.length);
  for (let i = 0; i < inputs; i++)
    for (let o = 0; o < outputs; o++) turned[o * inputs + i] = data[i * outputs + o] ?? 0;
  return { shape: [outputs, ...shape.slice(0, -1)], data: turned };
}
