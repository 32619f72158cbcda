import type { BatchNormNode } from '../trainable-graph.ts';
import { ones, asImage, asValue, normAttributes } from '../write-batch-norm.ts';
import type { Pass } from './pass.ts';

/** With respect to what was normalised, and to the gain and offset after it. */
export interface BatchNormGradient {
  readonly input: string;
  readonly gamma: string;
  readonly beta: string;
}

/**
 * The gradient also goes through the batch's mean and variance, on which every photo of the batch acts. `fused` is the
 * operation of the forward pass, whose outputs 3 to 5 are kept for this one; `gamma` is the tensor of the gain, null where
 * there is none.
 */
export function batchNormGradient(
  node: BatchNormNode,
  { defs, name, input, upstream }: Pass,
  { fused, gamma }: { fused: string; gamma: string | null },
): BatchNormGradient {
  const images = [upstream, input].map((tensor) => asImage(defs, node, `${name}/places`, tensor));
  const gain = gamma ?? defs.floats(`${name}/gain`, ones(node.mean));
  const operands = [...images, gain, `${fused}:3`, `${fused}:4`, `${fused}:5`];
  const gradient = defs.add(`${name}/fused`, 'FusedBatchNormGradV3', operands, normAttributes(node, true));
  return {
    input: asValue(defs, node, `${name}/input`, gradient),
    gamma: `${gradient}:1`,
    beta: `${gradient}:2`,
  };
}
