import { attribute, DataType, float, type NodeDefs, type Port } from './node-defs.ts';
import type { DropoutNode } from './trainable-graph.ts';

/**
 * Gives a writer of dropout's factors: 0 with probability `rate`, otherwise 1 / (1 − rate), so that the mean stays. They
 * follow from `seed`, an int32 scalar, and from which of the network's dropouts it is, on every machine alike (Salmon et al.
 * 2011, Philox).
 */
export function drawnFactors(defs: NodeDefs, seed: Port): (node: DropoutNode, like: string) => string {
  const int32 = attribute.type(DataType.int32);
  let count = 0;
  return ({ name, rate }, like) => {
    const pair = [seed.tensor, defs.ints(`${name}/place`, [], [count++])];
    const attributes = { T: int32, N: attribute.int(2), axis: attribute.int(0) };
    const seeds = defs.add(`${name}/seeds`, 'Pack', pair, attributes);
    const sizes = defs.add(`${name}/sizes`, 'Shape', [like], { ...float, out_type: int32 });
    const types = { dtype: attribute.type(DataType.float), T: int32, Tseed: int32 };
    const drawn = defs.add(`${name}/drawn`, 'StatelessRandomUniform', [sizes, seeds], types);
    const raised = defs.add(`${name}/raised`, 'AddV2', [drawn, defs.scalar(`${name}/kept`, 1 - rate)], float);
    const kept = defs.add(`${name}/mask`, 'Floor', [raised], float);
    return defs.add(`${name}/factors`, 'Mul', [kept, defs.scalar(`${name}/gain`, 1 / (1 - rate))], float);
  };
}
