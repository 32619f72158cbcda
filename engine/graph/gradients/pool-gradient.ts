import type { PoolNode } from '../inference-graph.ts';
import { poolAttributes } from '../write-nodes.ts';
import { sizesOf } from './convolution-gradient.ts';
import type { Pass } from './pass.ts';

/** A maximum passes its gradient to where it came from, a mean to all of its window alike. */
export function poolGradient(node: PoolNode, { defs, name, input, output, upstream }: Pass): string {
  const attributes = poolAttributes(node);
  if (node.op === 'max-pool')
    return defs.add(`${name}/input`, 'MaxPoolGrad', [input, output, upstream], attributes);
  return defs.add(`${name}/input`, 'AvgPoolGrad', [sizesOf(defs, name, input), upstream], attributes);
}
