import { attribute, DataType, float } from '../node-defs.ts';
import type { Pass } from './pass.ts';

/** Every input gets its own channels; `channels` has their number for each input, `rank` counts the batch. */
export function concatGradient(
  { defs, name, upstream }: Pass,
  channels: readonly number[],
  rank: number,
): string[] {
  const sizes = defs.ints(`${name}/channels`, [channels.length], channels);
  const axis = defs.ints(`${name}/axis`, [], [rank - 1]);
  const attributes = {
    ...float,
    Tlen: attribute.type(DataType.int32),
    num_split: attribute.int(channels.length),
  };
  const split = defs.add(`${name}/input`, 'SplitV', [upstream, sizes, axis], attributes);
  return channels.map((_, i) => `${split}:${i}`);
}
