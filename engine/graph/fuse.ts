import { valueOf } from './per-channel.ts';
import { samePadding } from './same-padding.ts';
import type {
  ConvNode,
  DepthwiseConvNode,
  Graph,
  GraphNode,
  PadNode,
  ScaleNode,
  Weight,
  WeightedNode,
} from './inference-graph.ts';
import type { TrainableNode } from './trainable-graph.ts';

/**
 * The same function in fewer nodes: a scale (batch norm) goes into the weights before it, an activation into the node
 * that it follows, zero padding into the convolution after it, wherever nothing else reads the value between the two.
 * A merged node has the name of its last part.
 */
export function fuse<Node extends TrainableNode>(graph: Graph<Node>): Graph<Node | GraphNode> {
  const readers = new Map<string, number>();
  for (const name of [...graph.nodes.flatMap((node) => node.inputs), ...graph.outputs])
    readers.set(name, (readers.get(name) ?? 0) + 1);
  const nodes = new Map<string, Node | GraphNode>();
  for (const node of graph.nodes) {
    const before = nodes.get(node.inputs[0] ?? '');
    const merged = before && readers.get(before.name) === 1 ? merge(before, node) : undefined;
    if (before && merged) nodes.delete(before.name);
    nodes.set(node.name, merged ?? node);
  }
  return { ...graph, nodes: [...nodes.values()] };
}

/** One node that does what the two do, or undefined where there is none. */
function merge(before: TrainableNode, node: TrainableNode): GraphNode | undefined {
  if (node.op === 'scale')
    return isLinear(before) && !('unbiased' in before) ? scaled(before, node) : undefined;
  if (node.op === 'activation')
    return isLinear(before) ? { ...before, name: node.name, activation: node.activation } : undefined;
  if (before.op === 'pad' && (node.op === 'conv' || node.op === 'depthwise-conv'))
    return padsLikeSame(before, node) ? { ...node, inputs: before.inputs, padding: 'same' } : undefined;
  return undefined;
}

function isLinear(node: TrainableNode): node is WeightedNode {
  return 'kernel' in node && node.activation === 'linear';
}

function scaled(node: WeightedNode, { name, scale, offset }: ScaleNode): WeightedNode {
  const bias = node.bias.data.map((b, i) => b * valueOf(scale, i) + valueOf(offset, i));
  return {
    ...node,
    name,
    kernel: scaleOutputs(node.kernel, scale, bias.length),
    bias: { shape: [bias.length], data: bias },
  };
}

/** In every kernel's layout the output channel is what runs fastest. */
function scaleOutputs(kernel: Weight, scale: Weight, channels: number): Weight {
  return { shape: kernel.shape, data: kernel.data.map((k, i) => k * valueOf(scale, i % channels)) };
}

function padsLikeSame(pad: PadNode, conv: ConvNode | DepthwiseConvNode): boolean {
  if (conv.padding !== 'valid') return false;
  return pad.padding.every(([before, after], axis) => {
    const size = (pad.shape[axis] ?? 0) - before - after;
    const same = samePadding(size, conv.kernel.shape[axis] ?? 0, conv.strides[axis] ?? 1);
    return same[0] === before && same[1] === after;
  });
}
