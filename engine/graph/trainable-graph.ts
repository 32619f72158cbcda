import type { Graph, GraphNode, Named, Weight, WeightedNode } from './inference-graph.ts';

/**
 * Batch norm as it is trained (Ioffe and Szegedy 2015): normalised by the batch in a training step, by the running mean and
 * variance otherwise, then times `gamma` plus `beta`, where the layer has them. Each weight is `[channels]`.
 */
export interface BatchNormNode extends Named {
  readonly op: 'batch-norm';
  readonly gamma: Weight | null;
  readonly beta: Weight | null;
  readonly mean: Weight;
  readonly variance: Weight;
  readonly epsilon: number;
  /** Share of the running statistics that a step keeps. */
  readonly momentum: number;
}

/** Sets a share of the values to 0 in a training step and scales the others up; nothing otherwise (Srivastava et al. 2014). */
export interface DropoutNode extends Named {
  readonly op: 'dropout';
  readonly rate: number;
}

/** A layer without a bias: the one that it has is zero and not trained. */
export type UnbiasedNode = WeightedNode & { readonly unbiased: true };

export type TrainableNode = GraphNode | BatchNormNode | DropoutNode | UnbiasedNode;

/** A network as it is trained from scratch: an inference graph that has yet to be folded. */
export type TrainableGraph = Graph<TrainableNode>;

/** What a gradient changes, by `<node>/kernel`, `<node>/bias`, `<node>/gamma` and `<node>/beta`. */
export function weightsOf({ nodes }: Pick<TrainableGraph, 'nodes'>): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  for (const node of nodes) {
    if ('kernel' in node) weights.set(`${node.name}/kernel`, node.kernel);
    if ('kernel' in node && !('unbiased' in node)) weights.set(`${node.name}/bias`, node.bias);
    if (node.op === 'batch-norm' && node.gamma) weights.set(`${node.name}/gamma`, node.gamma);
    if (node.op === 'batch-norm' && node.beta) weights.set(`${node.name}/beta`, node.beta);
  }
  return weights;
}

/** What every step carries on of batch norm, by `<node>/mean` and `<node>/variance`. */
export function statisticsOf({ nodes }: Pick<TrainableGraph, 'nodes'>): Map<string, Weight> {
  return new Map(
    nodes.flatMap((node): [string, Weight][] =>
      node.op === 'batch-norm'
        ? [
            [`${node.name}/mean`, node.mean],
            [`${node.name}/variance`, node.variance],
          ]
        : [],
    ),
  );
}

/** The same network with other weights and statistics; those that are not among `values` stay. */
export function withWeights(graph: TrainableGraph, values: ReadonlyMap<string, Weight>): TrainableGraph {
  const nodes = graph.nodes.map((node): TrainableNode => {
    const value = (part: string, weight: Weight) => values.get(`${node.name}/${part}`) ?? weight;
    if ('kernel' in node)
      return { ...node, kernel: value('kernel', node.kernel), bias: value('bias', node.bias) };
    if (node.op !== 'batch-norm') return node;
    return {
      ...node,
      gamma: node.gamma && value('gamma', node.gamma),
      beta: node.beta && value('beta', node.beta),
      mean: value('mean', node.mean),
      variance: value('variance', node.variance),
    };
  });
  return { ...graph, nodes };
}
