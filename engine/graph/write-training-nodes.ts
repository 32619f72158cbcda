import type { WrittenGraph } from './gradients/write-backward.ts';
import { float, type NodeDefs } from './node-defs.ts';
import { inputOf } from './subgraph.ts';
import type { DropoutNode, TrainableGraph } from './trainable-graph.ts';
import { writeBatchNorm } from './write-batch-norm.ts';
import { writeNode } from './write-nodes.ts';

/** How a network is written. */
export interface TrainingPass {
  /** Tensor of a weight or statistic by `<node>/<part>`; null where the network has none. */
  readonly weightOf: (name: string) => string | null;
  /** Writes the factors of a dropout, for values shaped as a tensor; null outside of training, where nothing drops. */
  readonly factorsOf: ((node: DropoutNode, like: string) => string) | null;
}

/**
 * Writes what a network computes from the tensor `input`: with `factorsOf` as in a training step, batch norm by the batch's
 * statistics, else as in evaluation.
 */
export function writeTrainingNodes(
  defs: NodeDefs,
  graph: TrainableGraph,
  input: string,
  { weightOf, factorsOf }: TrainingPass,
): WrittenGraph {
  const first = inputOf(graph);
  const values = new Map([[first.name, input]]);
  const kept = new Map<string, string>();
  const find = (map: ReadonlyMap<string, string>) => (name: string) => map.get(name) ?? missing(name);
  const required = (name: string) => weightOf(name) ?? missing(name);
  const write = (node: TrainableGraph['nodes'][number], inputs: string[]): string => {
    const [read = ''] = inputs;
    if (node.op === 'batch-norm') {
      const part = (part: string) => required(`${node.name}/${part}`);
      const { value, fused } = writeBatchNorm(defs, node, read, { training: factorsOf !== null, part });
      kept.set(node.name, fused);
      return value;
    }
    if (node.op !== 'dropout')
      return writeNode(defs, node, inputs, ({ name }, part) => weightOf(`${name}/${part}`));
    if (!factorsOf) return read;
    const factors = factorsOf(node, read);
    kept.set(node.name, factors);
    return defs.add(node.name, 'Mul', [read, factors], float);
  };
  for (const node of graph.nodes)
    if (node !== first) values.set(node.name, write(node, node.inputs.map(find(values))));
  return { graph, valueOf: find(values), weightOf, keptOf: find(kept) };
}

function missing(name: string): never {
  throw new Error(`"${name}" is read before it is written.`);
}
