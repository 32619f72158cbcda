/** A photo as far as folds are concerned. */
export interface FoldPhoto {
  /** Photos of a group share a fold, so that no near-twin of a photo is learned from while it is judged. */
  readonly group: string;
  /** Class index. */
  readonly label: number;
}

/**
 * Folds for cross-validation, stratified and grouped: the fold of each photo, 0 … `folds` − 1. Groups come in the order of
 * their names, the ones with most photos first, and go to the fold that has least of their label so far, of several the
 * one with the fewest photos.
 */
export function assignFolds(photos: readonly FoldPhoto[], folds: number): Int32Array {
  const sizes = Array.from({ length: folds }, () => new Map<number, number>());
  const totals = new Array<number>(folds).fill(0);
  const foldOf = new Int32Array(photos.length);
  const groups = [...Map.groupBy(photos.keys(), (i) => photos[i]?.group ?? '')];
  groups.sort(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1));
  for (const [, members] of groups) {
    const counts = countBy(members, (i) => photos[i]?.label ?? 0);
    const crowd = sizes.map((size) =>
      [...counts].reduce((sum, [label, n]) => sum + n * (size.get(label) ?? 0), 0),
    );
    const [fold = 0] = [...crowd.keys()].sort(
      (a, b) => (crowd[a] ?? 0) - (crowd[b] ?? 0) || (totals[a] ?? 0) - (totals[b] ?? 0) || a - b,
    );
    for (const i of members) foldOf[i] = fold;
    for (const [label, n] of counts) sizes[fold]?.set(label, (sizes[fold].get(label) ?? 0) + n);
    totals[fold] = (totals[fold] ?? 0) + members.length;
  }
  return foldOf;
}

function countBy(members: readonly number[], labelOf: (i: number) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const i of members) counts.set(labelOf(i), (counts.get(labelOf(i)) ?? 0) + 1);
  return counts;
}
