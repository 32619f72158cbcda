import type { PixelScale } from '../../contract/index.ts';
import { valueOf } from './per-channel.ts';
import { inputOf } from './subgraph.ts';
import type { GraphNode, InferenceGraph, ScaleNode, Weight } from './inference-graph.ts';

/**
 * The same network for clients that scale pixels otherwise: `trained` is the scale that the graph expects, `given` the
 * one it will get. Where both take off the same mean the weights of the first layers absorb the factor and no node is
 * added, nor where the input is scaled already; otherwise it is scaled first, since zero padding means another pixel then.
 */
export function rescaleInput(graph: InferenceGraph, trained: PixelScale, given: PixelScale): InferenceGraph {
  const input = inputOf(graph);
  const rest = graph.nodes.slice(1);
  const factor = given.standardDeviation / trained.standardDeviation;
  const offset = (given.mean - trained.mean) / trained.standardDeviation;
  const readers = rest.filter(({ inputs }) => inputs.includes(input.name));
  const canAbsorb = offset === 0 ? absorbs : isScale;
  if (readers.every(canAbsorb) && !graph.outputs.includes(input.name))
    return {
      ...graph,
      nodes: graph.nodes.map((node) =>
        absorbs(node) && readers.includes(node) ? absorb(node, factor, offset) : node,
      ),
    };
  const name = `${input.name}-rescaled`;
  const scale: ScaleNode = {
    op: 'scale',
    name,
    inputs: [input.name],
    shape: input.shape,
    scale: { shape: [1], data: Float32Array.of(factor) },
    offset: { shape: [1], data: Float32Array.of(offset) },
  };
  const moved = rest.map((node) => ({
    ...node,
    inputs: node.inputs.map((n) => (n === input.name ? name : n)),
  }));
  return { ...graph, nodes: [input, scale, ...moved] };
}

type Linear = Extract<GraphNode, { kernel: Weight }> | ScaleNode;

function absorbs(node: GraphNode): node is Linear {
  return 'kernel' in node || isScale(node);
}

function isScale(node: GraphNode): node is ScaleNode {
  return node.op === 'scale';
}

function absorb(node: Linear, factor: number, offset: number): Linear {
  if (!isScale(node)) return { ...node, kernel: times(node.kernel, factor) };
  return { ...node, scale: times(node.scale, factor), offset: plus(node.offset, times(node.scale, offset)) };
}

function times({ shape, data }: Weight, factor: number): Weight {
  return { shape, data: data.map((value) => value * factor) };
}

/** Either may have one value for all channels. */
function plus(a: Weight, b: Weight): Weight {
  const { shape, data } = a.data.length > b.data.length ? a : b;
  return { shape, data: data.map((_, i) => valueOf(a, i) + valueOf(b, i)) };
}
