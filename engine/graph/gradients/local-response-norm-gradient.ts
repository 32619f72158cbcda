import type { LocalResponseNormNode } from '../inference-graph.ts';
import { localResponseAttributes } from '../write-nodes.ts';
import type { Pass } from './pass.ts';

/** A channel's gradient also comes from those that it normalised. */
export function localResponseNormGradient(
  node: LocalResponseNormNode,
  { defs, name, input, output, upstream }: Pass,
): string {
  return defs.add(`${name}/input`, 'LRNGrad', [upstream, input, output], localResponseAttributes(node));
}
