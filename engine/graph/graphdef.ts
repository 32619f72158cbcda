import type { PixelScale } from '../../contract/index.ts';
import type { GraphNode, InferenceGraph, Named } from './inference-graph.ts';
import { attribute, DataType, float, NodeDefs, shape, type NodeDef, type Port } from './node-defs.ts';
import { inputOf, nodeNamed } from './subgraph.ts';
import { writeNodes } from './write-nodes.ts';

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

/** A graph as TensorFlow operations with the weights as constants. */
export function toGraphDef(graph: InferenceGraph, input: GraphInput, names: PortNames = {}): GraphDef {
  const defs = new NodeDefs();
  const first = inputOf(graph);
  const port = writeInput(defs, first, input, names.inputName ?? first.name);
  const read = writeNodes(defs, graph, scalePixels(defs, first, input, port.tensor));
  const outputs = graph.outputs.map((name, i) => ({
    key: names.outputNames?.[i] ?? name,
    tensor: read(name),
    dtype: DataType.float,
    shape: shape([-1, ...nodeNamed(graph, name).shape]),
  }));
  return { nodes: defs.nodes, input: port, outputs };
}

function writeInput(defs: NodeDefs, node: GraphNode, { kind }: GraphInput, key: string): Port {
  const dtype = { float: DataType.float, uint8: DataType.uint8, bytes: DataType.string }[kind];
  const sizes = kind === 'bytes' ? [-1] : [-1, ...node.shape];
  return defs.input(key, dtype, sizes);
}

/** Pixels become values by `(pixel - mean) / standardDeviation`; `node` is the input that they are for. */
export function scalePixels(defs: NodeDefs, node: Named, input: GraphInput, tensor: string): string {
  if (input.kind === 'float') return tensor;
  const name = node.name;
  const pixels = input.kind === 'uint8' ? tensor : decodeBytes(defs, node, tensor);
  const { mean, standardDeviation } = input.pixelScale;
  const cast = { SrcT: attribute.type(DataType.uint8), DstT: attribute.type(DataType.float) };
  const values = defs.add(`${name}/values`, 'Cast', [pixels], cast);
  const centred = defs.add(`${name}/centred`, 'Sub', [values, defs.scalar(`${name}/mean`, mean)], float);
  const factor = defs.scalar(`${name}/factor`, 1 / standardDeviation);
  return defs.add(`${name}/scaled`, 'Mul', [centred, factor], float);
}

function decodeBytes(defs: NodeDefs, { name, shape }: Named, tensor: string): string {
  const raw = defs.add(`${name}/raw`, 'DecodeRaw', [tensor], { out_type: attribute.type(DataType.uint8) });
  return defs.reshape(`${name}/pixels`, raw, [-1, ...shape], DataType.uint8);
}
