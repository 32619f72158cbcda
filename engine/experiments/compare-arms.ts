import type { ArmComparison, ExperimentPoint } from '../../contract/index.ts';
import { studentQuantile } from './student-t.ts';

/** What an experiment asks of its runs, before it is run: whether one arm does better than another. */
export interface Question {
  readonly arm: string;
  readonly against: string;
  /** The place of the axis; unless given the mean of all counts. */
  readonly at?: readonly [number];
}

/** What all runs of an experiment gave. */
export interface Outcome {
  /** Of an arm, its points in the order of the axis. */
  readonly points: ReadonlyMap<string, readonly ExperimentPoint[]>;
  /** How many images each accuracy is a share of. */
  readonly testImages: number;
}

/**
 * The runs of an arm at a place, in the order of their seeds: the mean, and the interval that has it at 95 % if runs vary as a
 * normal distribution does (Student 1908). One run has no interval: both ends are its value.
 */
export function pointOf(x: number, values: readonly number[], testImages: number): ExperimentPoint {
  const { mean, half } = intervalOf(values, 1, 1 / (testImages * Math.sqrt(12)));
  const reach = Number.isFinite(half) ? half : 0;
  return {
    x,
    values: [...values],
    mean,
    low: Math.max(0, mean - reach),
    high: Math.min(1, mean + reach),
  };
}

/**
 * Answers questions by the paired t test: the runs of two arms with the same seed saw the same images in the same order, so
 * that what a lucky draw does to both falls out of their difference. With m questions each interval is at 1 - 0.05 / m
 * (Bonferroni), so that all answers of an experiment together are right at 95 %. Few runs show large differences only, one
 * run none.
 */
export function compareArms(questions: readonly Question[], outcome: Outcome): ArmComparison[] {
  return questions.map(({ arm, against, at }) => {
    const [ours, theirs] = [arm, against].map((each) => meansOf(outcome, each, at));
    const differences = (ours?.bySeed ?? []).map((value, seed) => value - (theirs?.bySeed[seed] ?? NaN));
    const places = ours?.at ?? [];
    const grain = 1 / (outcome.testImages * Math.sqrt(6 * places.length));
    const { mean, half } = intervalOf(differences, questions.length, grain);
    const [low, high] = [Math.max(-1, mean - half), Math.min(1, mean + half)];
    const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'unclear';
    return { arm, against, at: places, difference: mean, low, high, verdict };
  });
}

/** Of each seed the mean accuracy over the places. */
function meansOf({ points }: Outcome, arm: string, at?: readonly number[]) {
  const chosen = (points.get(arm) ?? []).filter(({ x }) => at?.includes(x) ?? true);
  const seeds = chosen[0]?.values.length ?? 0;
  const bySeed = Array.from({ length: seeds }, (_, seed) =>
    meanOf(chosen.map(({ values }) => values[seed] ?? NaN)),
  );
  return { bySeed, at: chosen.map(({ x }) => x) };
}

/**
 * The mean and half of its interval, infinite where there is but one value. `grain` is what rounding to whole images alone
 * makes values differ by: a handful that happen to be equal are not that sure.
 */
function intervalOf(values: readonly number[], questions: number, grain: number) {
  const n = values.length;
  const mean = meanOf(values);
  if (n < 2) return { mean, half: Infinity };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.max(Math.sqrt(squares / (n - 1)), grain);
  return { mean, half: (studentQuantile(1 - 0.025 / questions, n - 1) * deviation) / Math.sqrt(n) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
