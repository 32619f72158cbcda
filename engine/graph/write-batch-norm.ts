import type { Weight } from './inference-graph.ts';
import { attribute, DataType, float, nhwc, type Attributes, type NodeDefs } from './node-defs.ts';
import type { BatchNormNode } from './trainable-graph.ts';

/** Tensors of a batch norm's weights and running statistics. */
export type NormPart = 'gamma' | 'beta' | 'mean' | 'variance';

/**
 * Writes batch norm, by the batch's own statistics or by the running ones. `part` gives the tensor of a part that the layer
 * has. Gives the value, and the operation whose other outputs are the batch's mean and variance and what its gradient needs.
 */
export function writeBatchNorm(
  defs: NodeDefs,
  node: BatchNormNode,
  input: string,
  { training, part }: { training: boolean; part: (part: NormPart) => string },
): { value: string; fused: string } {
  const { name, gamma, beta, mean } = node;
  const empty = () => defs.floats(`${name}/none`, { shape: [0], data: new Float32Array() });
  const operands = [
    asImage(defs, node, `${name}/places`, input),
    gamma ? part('gamma') : defs.floats(`${name}/gamma`, ones(mean)),
    beta ? part('beta') : defs.floats(`${name}/beta`, { ...mean, data: new Float32Array(mean.data.length) }),
    training ? empty() : part('mean'),
    training ? empty() : part('variance'),
  ];
  const fused = defs.add(`${name}/fused`, 'FusedBatchNormV3', operands, {
    ...normAttributes(node, training),
    exponential_avg_factor: attribute.real(1),
  });
  return { value: asValue(defs, node, name, fused), fused };
}

/** The gain of a layer without one; shaped as another weight. */
export function ones({ shape, data }: Weight): Weight {
  return { shape, data: new Float32Array(data.length).fill(1) };
}

/** Of FusedBatchNormV3 and of its gradient. */
export function normAttributes({ epsilon }: BatchNormNode, training: boolean): Attributes {
  const types = { ...float, U: attribute.type(DataType.float) };
  return { ...types, ...nhwc, epsilon: attribute.real(epsilon), is_training: attribute.flag(training) };
}

/** TensorFlow's operation takes images only: a vector is one of a single place. */
export function asImage(defs: NodeDefs, { shape }: BatchNormNode, name: string, tensor: string): string {
  return shape.length === 3 ? tensor : defs.reshape(name, tensor, [-1, 1, 1, ...shape]);
}

/** An image of a single place as the vector that the node gives. */
export function asValue(defs: NodeDefs, { shape }: BatchNormNode, name: string, image: string): string {
  return shape.length === 3 ? image : defs.reshape(name, image, [-1, ...shape]);
}
