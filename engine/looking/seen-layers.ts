import type { SeenLayer } from '../../contract/index.ts';
import type { GraphNode, InferenceGraph } from '../graph/index.ts';

/** What only passes on what another layer gave, and the answer itself, which is shown with its names. */
const unseen = new Set<GraphNode['op']>(['input', 'scale', 'pad', 'flatten', 'softmax']);

/** The layers of a network that there is something to see of, in the order in which they are computed. */
export function seenLayers({ nodes }: InferenceGraph): SeenLayer[] {
  return nodes
    .filter(({ op }) => !unseen.has(op))
    .map((node) => ({ name: node.name, kind: node.op, shape: [...node.shape] }));
}
