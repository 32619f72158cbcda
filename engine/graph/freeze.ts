import { fuse } from './fuse.ts';
import type { GraphNode, InferenceGraph, ScaleNode } from './inference-graph.ts';
import type { BatchNormNode, TrainableGraph } from './trainable-graph.ts';

/** The inference graph of a trained network: batch norm folded by its running statistics, dropout gone. */
export function freeze(graph: TrainableGraph): InferenceGraph {
  /** What stands for a node that is gone. */
  const instead = new Map<string, string>();
  const read = (name: string): string => instead.get(name) ?? name;
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    const inputs = node.inputs.map(read);
    if (node.op === 'batch-norm') return [{ ...frozenNorm(node), inputs }];
    if ('unbiased' in node) {
      const { unbiased: _, ...biased } = node;
      return [{ ...biased, inputs }];
    }
    if (node.op !== 'dropout') return [{ ...node, inputs }];
    instead.set(node.name, inputs[0] ?? '');
    return [];
  });
  return fuse({ name: graph.name, nodes, outputs: graph.outputs.map(read) });
}

/** As it acts after training: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`. */
export function frozenNorm({ name, inputs, shape, ...norm }: BatchNormNode): ScaleNode {
  const { gamma, beta, mean, variance, epsilon } = norm;
  const factor = variance.data.map((v, i) => (gamma?.data[i] ?? 1) / Math.sqrt(v + epsilon));
  const offset = mean.data.map((m, i) => (beta?.data[i] ?? 0) - m * (factor[i] ?? NaN));
  const channels = { shape: mean.shape };
  return {
    op: 'scale',
    name,
    inputs,
    shape,
    scale: { ...channels, data: factor },
    offset: { ...channels, data: offset },
  };
}
