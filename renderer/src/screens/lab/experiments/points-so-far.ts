import type { ExperimentArm, ExperimentPoint, Measured } from '../../../../../contract/index.ts';

type Point = Omit<ExperimentPoint, 'x'>;

/** The points of an arm from what a running experiment has measured so far: the means of the runs that are there, no intervals. */
export function pointsSoFar(
  arm: ExperimentArm,
  values: readonly number[],
  measured: readonly Measured[],
): Point[] {
  const points = values.map((x) => {
    const found = measured.filter((each) => each.arm === arm.id && each.x === x);
    const runs = found.map(({ accuracy }) => accuracy);
    const mean = runs.reduce((sum, accuracy) => sum + accuracy, 0) / runs.length;
    return { values: runs, mean, low: mean, high: mean };
  });
  // Runs come in the order of the axis: behind the first gap there is nothing.
  const gap = points.findIndex(({ values }) => values.length === 0);
  return gap === -1 ? points : points.slice(0, gap);
}
