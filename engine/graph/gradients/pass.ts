import type { NodeDefs } from '../node-defs.ts';

/**
 * One node on the way back through a graph. Tensors are named as TensorFlow names them; those of the loss's gradient
 * have the shape of what they are the gradient of.
 */
export interface Pass {
  readonly defs: NodeDefs;
  /** Under which the operations of this gradient are named. */
  readonly name: string;
  /** What the node read; of several, the first. */
  readonly input: string;
  /** What the node gave. */
  readonly output: string;
  /** Gradient of the loss with respect to it. */
  readonly upstream: string;
}

/** Gradients of a node that multiplies by a kernel, with respect to what it read and to the kernel. */
export interface WeightedGradient {
  readonly input: string;
  readonly kernel: string;
}
