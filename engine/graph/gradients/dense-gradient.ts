import { attribute, float } from '../node-defs.ts';
import type { Pass, WeightedGradient } from './pass.ts';

/** Of y = x K: dx = dy Kᵀ and dK = xᵀ dy. */
export function denseGradient({ defs, name, input, upstream }: Pass, kernel: string): WeightedGradient {
  const transposed = (first: boolean) => ({
    ...float,
    transpose_a: attribute.flag(first),
    transpose_b: attribute.flag(!first),
  });
  return {
    input: defs.add(`${name}/input`, 'MatMul', [upstream, kernel], transposed(false)),
    kernel: defs.add(`${name}/kernel`, 'MatMul', [input, upstream], transposed(true)),
  };
}
