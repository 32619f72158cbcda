import { attribute, float, indexed } from '../node-defs.ts';
import type { Pass } from './pass.ts';

/** Of y = softmax(x): dx = y (dy − Σ y dy), the sum over the last axis. */
export function softmaxGradient({ defs, name, output, upstream }: Pass, rank: number): string {
  const product = defs.add(`${name}/product`, 'Mul', [output, upstream], float);
  const axis = defs.ints(`${name}/axis`, [1], [rank - 1]);
  const sum = defs.add(`${name}/sum`, 'Sum', [product, axis], {
    ...indexed,
    keep_dims: attribute.flag(true),
  });
  const centred = defs.add(`${name}/centred`, 'Sub', [upstream, sum], float);
  return defs.add(`${name}/input`, 'Mul', [output, centred], float);
}
