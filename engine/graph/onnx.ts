import type { PixelScale } from '../../contract/index.ts';
import type { PortNames } from './graphdef.ts';
import type {
  Activation,
  GraphNode,
  InferenceGraph,
  PoolNode,
  ScaleNode,
  Weight,
  WeightedNode,
} from './inference-graph.ts';
import { ElementType, OnnxGraph, valueInfo, type Settings } from './onnx-proto.ts';
import { samePadding } from './same-padding.ts';
import { inputOf, nodeNamed, unread } from './subgraph.ts';

/**
 * A graph as the bytes of an ONNX file. Images go in and come out as NHWC, as everywhere in Scenelab; inside they are
 * NCHW, as ONNX wants them. The input is float32, or with `pixelScale` uint8 pixels that the graph scales itself.
 */
export function toOnnx(
  graph: InferenceGraph,
  { pixelScale, inputName, outputNames }: PortNames & { pixelScale?: PixelScale | undefined } = {},
): Uint8Array {
  const onnx = new OnnxGraph();
  const first = inputOf(graph);
  const input = onnx.free(inputName ?? first.name);
  const outputs = graph.outputs.map((name, i) => ({ name, port: onnx.free(outputNames?.[i] ?? name) }));
  const writer = new Writer(onnx, graph);
  writer.writeInput(first, pixelScale ? scalePixels(onnx, input, pixelScale) : input);
  for (const node of graph.nodes) if (node !== first) writer.write(node);
  for (const { name, port } of outputs) writer.writeOutput(name, port);
  const ports = outputs.map(({ name, port }) =>
    valueInfo(port, ElementType.float, nodeNamed(graph, name).shape),
  );
  const elementType = pixelScale ? ElementType.uint8 : ElementType.float;
  return onnx.encode(graph.name, [valueInfo(input, elementType, first.shape)], ports);
}

/** Pixels become values by `(pixel - mean) / standardDeviation`. */
function scalePixels(onnx: OnnxGraph, input: string, { mean, standardDeviation }: PixelScale): string {
  const single = (name: string, value: number) =>
    onnx.floats(`${input}/${name}`, { shape: [1], data: Float32Array.of(value) });
  const values = onnx.add(`${input}/values`, 'Cast', [input], { to: ElementType.float });
  const centred = onnx.add(`${input}/centred`, 'Sub', [values, single('mean', mean)]);
  return onnx.add(`${input}/scaled`, 'Mul', [centred, single('factor', 1 / standardDeviation)]);
}

type Moved = Pick<PoolNode, 'inputs' | 'strides' | 'padding'>;

/** Writes one node after the other, remembering the value that each became. */
class Writer {
  private readonly values = new Map<string, string>();
  private readonly onnx: OnnxGraph;
  private readonly graph: InferenceGraph;

  constructor(onnx: OnnxGraph, graph: InferenceGraph) {
    this.onnx = onnx;
    this.graph = graph;
  }

  writeInput(node: GraphNode, value: string): void {
    const toNchw = () => this.onnx.add(`${node.name}/nchw`, 'Transpose', [value], { perm: nhwcToNchw });
    this.values.set(node.name, isImage(node) ? toNchw() : value);
  }

  writeOutput(name: string, port: string): void {
    const value = [this.read(name)];
    if (isImage(nodeNamed(this.graph, name))) this.onnx.give(port, 'Transpose', value, { perm: nchwToNhwc });
    else this.onnx.give(port, 'Identity', value);
  }

  write(node: GraphNode): void {
    const inputs = node.inputs.map((name) => this.read(name));
    this.values.set(node.name, this.operation(node, inputs));
  }

  private operation(node: GraphNode, inputs: string[]): string {
    const { onnx } = this;
    const { name } = node;
    switch (node.op) {
      case 'input':
        return onnx.add(name, 'Identity', inputs);
      case 'scale':
        return this.scale(node, inputs);
      case 'conv':
      case 'depthwise-conv':
      case 'dense':
        return this.weighted(node, inputs);
      case 'max-pool':
        return onnx.add(name, 'MaxPool', inputs, this.window(node, node.size));
      case 'average-pool': {
        const window = this.window(node, node.size);
        return onnx.add(name, 'AveragePool', inputs, { ...window, count_include_pad: 0 });
      }
      case 'pad': {
        const [[top, bottom], [left, right]] = node.padding;
        const pads = onnx.ints(`${name}/pads`, [0, 0, top, left, 0, 0, bottom, right]);
        return onnx.add(name, 'Pad', [...inputs, pads]);
      }
      case 'global-average-pool': {
        const pooled = onnx.add(`${name}/pooled`, 'GlobalAveragePool', inputs);
        return onnx.add(name, 'Flatten', [pooled], { axis: 1 });
      }
      case 'add':
        return onnx.add(name, inputs.length === 2 ? 'Add' : 'Sum', inputs);
      case 'concat':
        return onnx.add(name, 'Concat', inputs, { axis: 1 });
      case 'activation':
        return this.activate(name, inputs, node.activation);
      case 'local-response-norm': {
        // ONNX divides alpha by the number of channels that it sums over.
        const size = 2 * node.radius + 1;
        const reals = {
          bias: { real: node.bias },
          alpha: { real: node.alpha * size },
          beta: { real: node.beta },
        };
        return onnx.add(name, 'LRN', inputs, { size, ...reals });
      }
      case 'flatten': {
        const nhwc = onnx.add(`${name}/nhwc`, 'Transpose', inputs, { perm: nchwToNhwc });
        return onnx.add(name, 'Flatten', [nhwc], { axis: 1 });
      }
      case 'softmax':
        return onnx.add(name, 'Softmax', inputs, { axis: 1 });
    }
  }

  private scale(node: ScaleNode, inputs: string[]): string {
    const perChannel = ({ shape, data }: Weight): Weight =>
      isImage(node) && data.length > 1 ? { shape: [data.length, 1, 1], data } : { shape, data };
    const factor = this.onnx.floats(`${node.name}/scale`, perChannel(node.scale));
    const offset = this.onnx.floats(`${node.name}/offset`, perChannel(node.offset));
    const product = this.onnx.add(`${node.name}/scaled`, 'Mul', [...inputs, factor]);
    return this.onnx.add(node.name, 'Add', [product, offset]);
  }

  private weighted(node: WeightedNode, inputs: string[]): string {
    const { name, activation, kernel } = node;
    const dense = node.op === 'dense';
    const weights = this.onnx.floats(`${name}/kernel`, dense ? kernel : outputsFirst(node));
    const operands = [...inputs, weights, this.onnx.floats(`${name}/bias`, node.bias)];
    const linear = activation === 'linear' ? name : `${name}/linear`;
    const sum = dense
      ? this.onnx.add(linear, 'Gemm', operands)
      : this.onnx.add(linear, 'Conv', operands, {
          ...this.window(node, kernel.shape.slice(0, 2)),
          group: node.op === 'conv' ? 1 : (kernel.shape[2] ?? 1),
        });
    return this.activate(name, [sum], activation);
  }

  private activate(name: string, inputs: string[], activation: Activation): string {
    if (activation === 'linear') return inputs[0] ?? unread(name);
    if (activation === 'relu') return this.onnx.add(name, 'Relu', inputs);
    if (activation === 'tanh') return this.onnx.add(name, 'Tanh', inputs);
    const limit = (value: number) =>
      this.onnx.floats(`${name}/${value}`, { shape: [], data: Float32Array.of(value) });
    return this.onnx.add(name, 'Clip', [...inputs, limit(0), limit(6)]);
  }

  /** ONNX has no SAME that counts as TensorFlow's does in every case: the zeros are stated. */
  private window({ inputs, strides, padding }: Moved, size: readonly number[]): Settings {
    const { shape } = nodeNamed(this.graph, inputs[0] ?? '');
    const around = size.map((window, axis) =>
      padding === 'same' ? samePadding(shape[axis] ?? 0, window, strides[axis] ?? 1) : [0, 0],
    );
    const pads = [0, 1].flatMap((side) => around.map((zeros) => zeros[side] ?? 0));
    return { kernel_shape: size, strides, pads };
  }

  private read(name: string): string {
    return this.values.get(name) ?? unread(name);
  }
}

const nhwcToNchw = [0, 3, 1, 2];
const nchwToNhwc = [0, 2, 3, 1];

function isImage({ shape }: GraphNode): boolean {
  return shape.length === 3;
}

/** `[height, width, in, out]` as ONNX's `[out, in, height, width]`; `[h, w, channels, 1]` as `[channels, 1, h, w]`. */
function outputsFirst({ op, kernel: { shape, data } }: WeightedNode): Weight {
  const [height = 1, width = 1, inner = 1, outer = 1] = shape;
  const [outputs, inputs] = op === 'conv' ? [outer, inner] : [inner, outer];
  const [outputStep, inputStep] = op === 'conv' ? [1, outer] : [outer, 1];
  const moved = new Float32Array(data.length);
  let i = 0;
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++)
      for (let place = 0; place < height * width; place++)
        moved[i++] = data[place * inner * outer + input * inputStep + output * outputStep] ?? NaN;
  return { shape: [outputs, inputs, height, width], data: moved };
}
