import { attribute, DataType, float } from '../node-defs.ts';
import type { Pass } from './pass.ts';
import type { PadNode } from '../inference-graph.ts';

/** The zeros around an image take their gradients with them; `inner` is the shape of the image. */
export function padGradient(node: PadNode, { defs, name, upstream }: Pass, inner: readonly number[]): string {
  const [[top], [left]] = node.padding;
  const begin = defs.ints(`${name}/begin`, [4], [0, top, left, 0]);
  const size = defs.ints(`${name}/size`, [4], [-1, ...inner]);
  const attributes = { ...float, Index: attribute.type(DataType.int32) };
  return defs.add(`${name}/input`, 'Slice', [upstream, begin, size], attributes);
}
