import { float } from '../node-defs.ts';
import type { Pass } from './pass.ts';

/** Every place of an `[height, width, channels]` image has the same share in the mean. */
export function globalAveragePoolGradient(
  { defs, name, upstream }: Pass,
  [height = 1, width = 1, channels = 1]: readonly number[],
): string {
  const single = defs.reshape(`${name}/single`, upstream, [-1, 1, 1, channels]);
  const data = new Float32Array(height * width).fill(1 / (height * width));
  const shares = defs.floats(`${name}/shares`, { shape: [1, height, width, 1], data });
  return defs.add(`${name}/input`, 'Mul', [single, shares], float);
}
