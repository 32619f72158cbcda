/** A ROC curve with its area. */
export interface Roc {
  /** From 0 to 1, rising. */
  readonly falsePositiveRate: number[];
  /** From 0 to 1, rising. */
  readonly truePositiveRate: number[];
  /** Falling. A photo is called positive when its score is at least the threshold; the first is above every score. */
  readonly thresholds: number[];
  /** Area under the curve: the chance that a random positive scores above a random negative, ties counting half. */
  readonly area: number;
}

/**
 * The ROC curve of `scores` against what is true, or null where only one side occurs. Equal scores make one step, so
 * that the trapezoidal area is the Mann–Whitney statistic. Points inside a straight stretch are left out.
 * T. Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27 (2006), algorithm 2.
 *
 * @param scores `[n]`, any finite numbers
 * @param positive `[n]`, whether each is of the class
 */
export function rocCurve(scores: ArrayLike<number>, positive: ArrayLike<boolean>): Roc | null {
  const steps = tieGroups(scores, positive);
  const last = steps.at(-1);
  if (last === undefined || last.hits === 0 || last.alarms === 0) return null;
  const start: Step = { score: (steps[0]?.score ?? 0) + 1, hits: 0, alarms: 0 };
  const corners = withoutStraights([start, ...steps]);
  return {
    falsePositiveRate: corners.map((step) => step.alarms / last.alarms),
    truePositiveRate: corners.map((step) => step.hits / last.hits),
    thresholds: corners.map((step) => step.score),
    area: trapezoids(corners) / (last.hits * last.alarms),
  };
}

/** What is called positive down to a score: how many rightly (`hits`), how many wrongly (`alarms`). */
interface Step {
  readonly score: number;
  readonly hits: number;
  readonly alarms: number;
}

function tieGroups(scores: ArrayLike<number>, positive: ArrayLike<boolean>): Step[] {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const steps: Step[] = [];
  let hits = 0;
  let alarms = 0;
  order.forEach((photo, rank) => {
    if (positive[photo] === true) hits += 1;
    else alarms += 1;
    const score = scores[photo] ?? 0;
    const next = order[rank + 1];
    if (next === undefined || scores[next] !== score) steps.push({ score, hits, alarms });
  });
  return steps;
}

function withoutStraights(steps: Step[]): Step[] {
  return steps.filter((step, i) => {
    const before = steps[i - 1];
    const after = steps[i + 1];
    if (before === undefined || after === undefined) return true;
    const turn =
      (step.alarms - before.alarms) * (after.hits - step.hits) -
      (step.hits - before.hits) * (after.alarms - step.alarms);
    return turn !== 0;
  });
}

function trapezoids(steps: Step[]): number {
  let area = 0;
  steps.forEach((step, i) => {
    const before = steps[i - 1];
    if (before !== undefined) area += ((step.alarms - before.alarms) * (step.hits + before.hits)) / 2;
  });
  return area;
}
