import { roughBelow, type Label } from '../../../../contract/index.ts';

/** What is worth saying about the numbers of photos per label, the most pressing alone. */
export type BalanceWarning =
  | { kind: 'few'; label: Label }
  | { kind: 'uneven'; largest: Label; smallest: Label; times: number }
  | { kind: 'one' };

const uneven = 5;

/** Judges the labels that have photos: fewer than two, one with too few photos for good figures, or one with 5 times as many as another. */
export function judgeBalance(labels: readonly Label[]): BalanceWarning | null {
  const used = labels.filter(({ photos }) => photos > 0).toSorted((a, b) => a.photos - b.photos);
  const [smallest] = used;
  const largest = used.at(-1);
  if (!smallest || !largest) return null;
  if (used.length === 1) return { kind: 'one' };
  if (smallest.photos < roughBelow) return { kind: 'few', label: smallest };
  const times = Math.floor(largest.photos / smallest.photos);
  return times >= uneven ? { kind: 'uneven', largest, smallest, times } : null;
}
