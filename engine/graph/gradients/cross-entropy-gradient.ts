import { float, type NodeDefs, type Port } from '../node-defs.ts';

/**
 * Gradient of Σ weight · cross-entropy with respect to the logits, `[photos, classes]`: weight (softmax − target). Targets
 * of a photo add up to 1; `weights` is `[photos]`.
 */
export function crossEntropyGradient(
  defs: NodeDefs,
  logits: string,
  { targets, weights }: { targets: Port; weights: Port },
): string {
  const inputs = [logits, targets.tensor];
  const entropy = defs.add('cross-entropy', 'SoftmaxCrossEntropyWithLogits', inputs, float);
  const factors = defs.reshape('cross-entropy/weights', weights.tensor, [-1, 1]);
  return defs.add('gradients/cross-entropy', 'Mul', [`${entropy}:1`, factors], float);
}
