import type { Baseline, ClassMetrics, Metrics, RocCurve } from '../../contract/index.ts';
import { argmax } from './argmax.ts';
import { calibrationOf } from './calibration.ts';
import { rocCurve } from './roc.ts';
import { wilsonInterval } from './wilson.ts';

/** Probabilities below this count as this in the cross-entropy: the machine epsilon of float32. */
const smallest = 2 ** -23;

/**
 * Every figure of an evaluation, by the definitions of scikit-learn with `labels` = all classes and
 * `zero_division=0`: a class that nobody was called has precision 0, a class without test photos recall 0, and both
 * count in the macro mean. Areas under ROC curves are one-vs-rest; a class with no or only its own photos has none and
 * is left out of their mean. Of equal probabilities the class that stands first wins. No photos give noughts and [0, 1].
 *
 * @param probabilities `[n, classes]` float32, row-major, finite
 * @param truth `[n]` class indices
 * @throws RangeError when the sizes disagree, an index is out of range or a probability is not finite
 */
export function measure(
  probabilities: Float32Array,
  truth: Int32Array,
  classNames: readonly string[],
): Metrics {
  check(probabilities, truth, classNames.length);
  const n = truth.length;
  const ranks = trueRanks(probabilities, truth, classNames.length);
  const confusion = confusionMatrix(probabilities, truth, classNames.length);
  const withinFirst = (k: number) =>
    share(
      count(ranks, (rank) => rank < k),
      n,
    );
  const correct = count(ranks, (rank) => rank === 0);
  const curves = classNames.map((className, c) =>
    oneVsRest(probabilities, truth, classNames.length, c, className),
  );
  const perClass = classNames.map((name, c) => classMetrics(confusion, c, name, curves[c]?.area ?? null));
  return {
    n,
    accuracy: share(correct, n),
    accuracyInterval: wilsonInterval(correct, n),
    top5: withinFirst(5),
    topK: Array.from({ length: Math.min(5, classNames.length) }, (_, i) => withinFirst(i + 1)),
    calibration: calibrationOf(probabilities, truth, classNames.length),
    macro: averages(perClass, () => 1),
    weighted: averages(perClass, ({ support }) => support),
    perClass,
    confusion,
    rocAuc: meanOf(curves.flatMap((curve) => (curve === null ? [] : [curve.area]))),
    rocCurves: curves.flatMap((curve) => (curve === null ? [] : [curve.curve])),
    loss: crossEntropy(probabilities, truth, classNames.length),
  };
}

/**
 * What always answering the most frequent training label would score on the test photos; of equally frequent labels
 * the first. Both `[n]` class indices.
 */
export function baselineOf(
  trainTruth: Int32Array,
  testTruth: Int32Array,
  classNames: readonly string[],
): Baseline {
  const frequency = classNames.map((_, c) => count(trainTruth, (label) => label === c));
  const best = frequency.indexOf(Math.max(...frequency));
  return {
    className: classNames[best] ?? '',
    accuracy: share(
      count(testTruth, (label) => label === best),
      testTruth.length,
    ),
  };
}

function check(probabilities: Float32Array, truth: Int32Array, classes: number): void {
  if (probabilities.length !== truth.length * classes)
    throw new RangeError(
      `${probabilities.length} probabilities for ${truth.length} photos of ${classes} classes`,
    );
  if (truth.some((label) => label < 0 || label >= classes))
    throw new RangeError('a class index is out of range');
  if (!probabilities.every(Number.isFinite)) throw new RangeError('a probability is not a finite number');
}

/** How many classes are preferred to the true one, per photo. */
function trueRanks(probabilities: Float32Array, truth: Int32Array, classes: number): Int32Array {
  return truth.map((label, photo) => {
    const row = probabilities.subarray(photo * classes, (photo + 1) * classes);
    const own = row[label] ?? 0;
    return count(row, (p, c) => p > own || (p === own && c < label));
  });
}

function confusionMatrix(probabilities: Float32Array, truth: Int32Array, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  truth.forEach((label, photo) => {
    const predicted = argmax(probabilities.subarray(photo * classes, (photo + 1) * classes));
    const row = matrix[label];
    if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
  });
  return matrix;
}

function classMetrics(
  confusion: number[][],
  c: number,
  className: string,
  rocAuc: number | null,
): ClassMetrics {
  const hits = confusion[c]?.[c] ?? 0;
  const support = sum(confusion[c] ?? []);
  const called = sum(confusion.map((row) => row[c] ?? 0));
  return {
    className,
    precision: share(hits, called),
    recall: share(hits, support),
    f1: share(2 * hits, called + support),
    support,
    rocAuc,
  };
}

function averages(perClass: ClassMetrics[], weightOf: (of: ClassMetrics) => number): Metrics['macro'] {
  const total = sum(perClass.map(weightOf));
  const mean = (figure: 'precision' | 'recall' | 'f1') =>
    share(sum(perClass.map((of) => of[figure] * weightOf(of))), total);
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

function oneVsRest(
  probabilities: Float32Array,
  truth: Int32Array,
  classes: number,
  c: number,
  className: string,
): { area: number; curve: RocCurve } | null {
  const scores = Float32Array.from(truth, (_, photo) => probabilities[photo * classes + c] ?? 0);
  const roc = rocCurve(
    scores,
    Array.from(truth, (label) => label === c),
  );
  if (roc === null) return null;
  const { area, ...points } = roc;
  return { area, curve: { className, ...points } };
}

function crossEntropy(probabilities: Float32Array, truth: Int32Array, classes: number): number {
  const losses = Array.from(
    truth,
    (label, photo) => -Math.log(Math.max(probabilities[photo * classes + label] ?? 0, smallest)),
  );
  return share(sum(losses), truth.length);
}

function count(values: Float32Array | Int32Array, holds: (value: number, index: number) => boolean): number {
  let found = 0;
  for (let i = 0; i < values.length; i += 1) if (holds(values[i] ?? 0, i)) found += 1;
  return found;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const meanOf = (values: number[]) => (values.length === 0 ? null : sum(values) / values.length);
