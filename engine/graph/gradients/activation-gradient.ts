import type { Activation } from '../inference-graph.ts';
import { float } from '../node-defs.ts';
import type { Pass } from './pass.ts';

/**
 * ReLU lets through what comes where it is neither below its range nor above it; of y = tanh(x), dx = (1 − y²) dy. The
 * output tells both as well as the input does, so that the input need not be kept.
 */
export function activationGradient(
  activation: Activation,
  { defs, name, output, upstream }: Pick<Pass, 'defs' | 'name' | 'output' | 'upstream'>,
): string {
  if (activation === 'linear') return upstream;
  if (activation === 'tanh') return defs.add(`${name}/activation`, 'TanhGrad', [output, upstream], float);
  const operation = activation === 'relu' ? 'ReluGrad' : 'Relu6Grad';
  return defs.add(`${name}/activation`, operation, [upstream, output], float);
}
