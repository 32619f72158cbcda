import { attribute, float, type Attributes } from '../node-defs.ts';
import type { Pass, WeightedGradient } from './pass.ts';

/** Of y = x K: dx = dy Kᵀ and dK = xᵀ dy. */
export function denseGradient({ defs, name, input, upstream }: Pass, kernel: string): WeightedGradient {
  return {
    input: defs.add(`${name}/input`, 'MatMul', [upstream, kernel], transposed({ first: false })),
    kernel: defs.add(`${name}/kernel`, 'MatMul', [input, upstream], transposed({ first: true })),
  };
}

/** Of a product in which the first factor is transposed, or else the second. */
export function transposed({ first }: { first: boolean }): Attributes {
  return { ...float, transpose_a: attribute.flag(first), transpose_b: attribute.flag(!first) };
}
