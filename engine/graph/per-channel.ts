import type { Weight } from './inference-graph.ts';

/** What a scale's weights have for a channel: one value for all, or one each. */
export function valueOf({ data }: Weight, channel: number): number {
  return data[data.length === 1 ? 0 : channel] ?? NaN;
}
