import type { Activation } from '../inference-graph.ts';
import { float } from '../node-defs.ts';
import type { Pass } from './pass.ts';

/**
 * Lets through what comes where the activation is neither below its range nor above it. The output tells that as well as
 * the input does, so that the input need not be kept.
 */
export function activationGradient(
  activation: Activation,
  { defs, name, output, upstream }: Pick<Pass, 'defs' | 'name' | 'output' | 'upstream'>,
): string {
  if (activation === 'linear') return upstream;
  const operation = activation === 'relu' ? 'ReluGrad' : 'Relu6Grad';
  return defs.add(`${name}/activation`, operation, [upstream, output], float);
}
