import { expect, test } from 'vitest';
import { Metrics } from '../../contract/index.ts';
import { argmax } from './argmax.ts';
import { baselineOf, measure } from './metrics.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** 24 photos of 7 classes, percent. Class f is never called, class g has no photo; many probabilities are equal. */
const percent = [
  [23, 8, 20, 41, 5, 0, 3], [7, 4, 18, 22, 30, 0, 19], [2, 15, 25, 29, 19, 0, 10], [5, 36, 6, 12, 30, 0, 11],
  [9, 9, 2, 29, 32, 0, 19], [8, 4, 53, 15, 7, 0, 13], [7, 18, 8, 18, 38, 0, 11], [7, 41, 3, 6, 9, 0, 34],
  [12, 6, 25, 2, 8, 0, 47], [18, 21, 6, 7, 41, 0, 7], [16, 30, 8, 3, 10, 0, 33], [18, 10, 19, 7, 28, 0, 18],
  [7, 36, 5, 3, 19, 0, 30], [88, 1, 1, 3, 5, 0, 2], [24, 21, 15, 11, 13, 0, 16], [5, 36, 17, 15, 25, 0, 2],
  [19, 26, 2, 42, 3, 0, 8], [11, 5, 1, 16, 64, 0, 3], [35, 5, 36, 7, 11, 0, 6], [2, 32, 26, 24, 9, 0, 7],
  [6, 11, 8, 8, 9, 0, 58], [5, 15, 18, 52, 3, 0, 7], [2, 27, 43, 14, 6, 0, 8], [11, 14, 4, 50, 8, 0, 13],
]; // prettier-ignore
const truth = Int32Array.from([5, 3, 4, 5, 3, 4, 5, 1, 0, 1, 1, 5, 5, 0, 2, 4, 0, 4, 0, 2, 4, 1, 2, 1]);
const measured = measure(
  Float32Array.from(percent.flat(), (p) => p / 100),
  truth,
  names,
);

/**
 * The figures of scikit-learn 1.9.1 for the same photos, p = percent / 100 and labels = range(7):
 * accuracy_score(truth, p.argmax(1)), top_k_accuracy_score(truth, p, k=5, labels=labels),
 * precision_recall_fscore_support(truth, p.argmax(1), labels=labels, average=None | 'macro' | 'weighted',
 * zero_division=0), confusion_matrix(…, labels=labels), roc_auc_score(truth == c, p[:, c]),
 * log_loss(truth, p.astype('float32'), labels=labels); the interval from statsmodels, proportion_confint(4, 24,
 * method='wilson').
 */
const expected = {
  n: 24,
  accuracy: 1 / 6,
  accuracyInterval: [0.06678676328632946, 0.3585307064969907],
  top5: 0.7916666666666666,
  macro: { precision: 0.17142857142857143, recall: 0.14047619047619048, f1: 0.1497835497835498 },
  weighted: { precision: 0.20138888888888887, recall: 0.16666666666666666, f1: 0.17676767676767677 },
  precision: [0.5, 0.2, 1 / 3, 0, 1 / 6, 0, 0],
  recall: [0.25, 0.2, 1 / 3, 0, 0.2, 0, 0],
  f1: [1 / 3, 0.2, 1 / 3, 0, 2 / 11, 0, 0],
  support: [4, 5, 3, 2, 5, 5, 0],
  rocAucs: [
    0.9125,
    0.7052631578947368,
    0.8095238095238095,
    0.7613636363636364,
    0.6052631578947368,
    0.5,
    null,
  ],
  rocAuc: 0.7156522936128199,
  loss: 4.482946395874023,
  confusion: [
    [1, 0, 1, 1, 0, 0, 1],
    [0, 1, 0, 2, 1, 0, 1],
    [1, 1, 1, 0, 0, 0, 0],
    [0, 0, 0, 0, 2, 0, 0],
    [0, 1, 1, 1, 1, 0, 1],
    [0, 2, 0, 1, 2, 0, 0],
    [0, 0, 0, 0, 0, 0, 0],
  ],
};

test.each(['n', 'accuracy', 'top5', 'rocAuc'] as const)('%s is what scikit-learn says', (figure) => {
  expect(measured[figure]).toBeCloseTo(expected[figure], 12);
});

test('the loss is what scikit-learn says of float32 probabilities', () => {
  expect(measured.loss).toBeCloseTo(expected.loss, 5);
});

test('the interval of the accuracy is what statsmodels says', () => {
  expect(measured.accuracyInterval[0]).toBeCloseTo(expected.accuracyInterval[0] ?? NaN, 12);
  expect(measured.accuracyInterval[1]).toBeCloseTo(expected.accuracyInterval[1] ?? NaN, 12);
});

test.each(['macro', 'weighted'] as const)('the %s means are what scikit-learn says', (mean) => {
  for (const figure of ['precision', 'recall', 'f1'] as const)
    expect(measured[mean][figure]).toBeCloseTo(expected[mean][figure], 12);
});

test.each(['precision', 'recall', 'f1', 'support'] as const)(
  '%s per class is what scikit-learn says',
  (figure) => {
    measured.perClass.forEach((of, c) => expect(of[figure]).toBeCloseTo(expected[figure][c] ?? NaN, 12));
  },
);

test('areas under the ROC curves are what scikit-learn says; a class without photos has none', () => {
  const areas = measured.perClass.map((of) => of.rocAuc);
  areas.forEach((area, c) => {
    const wanted = expected.rocAucs[c] ?? null;
    if (wanted === null) expect(area).toBeNull();
    else expect(area).toBeCloseTo(wanted, 12);
  });
  expect(measured.rocCurves.map((curve) => curve.className)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

test('the confusion matrix has truth in its rows', () => {
  expect(measured.confusion).toEqual(expected.confusion);
});

test('the corners of a ROC curve are those of scikit-learn', () => {
  // roc_curve(truth == 2, p[:, 2]), of which we keep the points where the curve turns.
  const curve = measured.rocCurves[2];
  expect(curve?.falsePositiveRate.map((rate) => Math.round(rate * 21))).toEqual([0, 1, 1, 2, 2, 9, 9, 21]);
  expect(curve?.truePositiveRate.map((rate) => Math.round(rate * 3))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  const percents = curve?.thresholds.map((threshold) => Math.round(threshold * 100));
  expect(percents).toEqual([153, 53, 43, 36, 26, 17, 15, 1]);
});

test('the figures are valid in the contract, also those of no photos at all', () => {
  expect(Metrics.parse(measured)).toEqual(measured);
  const none = measure(new Float32Array(0), new Int32Array(0), ['a', 'b']);
  expect(Metrics.parse(none)).toMatchObject({
    n: 0,
    accuracy: 0,
    accuracyInterval: [0, 1],
    rocAuc: null,
    loss: 0,
  });
});

test('of equally probable classes the first is the answer', () => {
  expect(argmax([0.2, 0.4, 0.4])).toBe(1);
  const { confusion, accuracy, top5 } = measure(new Float32Array(7).fill(1 / 7), Int32Array.from([5]), names);
  expect(confusion[5]?.[0]).toBe(1);
  expect([accuracy, top5]).toEqual([0, 0]);
});

test('a probability of nought costs a finite loss', () => {
  const { loss } = measure(Float32Array.from([1, 0]), Int32Array.from([1]), ['a', 'b']);
  expect(loss).toBeCloseTo(23 * Math.LN2, 6);
});

test('wrong sizes, unknown classes and numbers that are none are refused', () => {
  expect(() => measure(new Float32Array(3), Int32Array.from([0]), ['a', 'b'])).toThrow(RangeError);
  expect(() => measure(new Float32Array(2), Int32Array.from([2]), ['a', 'b'])).toThrow(RangeError);
  expect(() => measure(Float32Array.from([NaN, 1]), Int32Array.from([0]), ['a', 'b'])).toThrow(RangeError);
});

test('the baseline answers the most frequent training label on the test photos', () => {
  expect(baselineOf(Int32Array.from([2, 0, 2, 1]), Int32Array.from([2, 2, 0, 1]), ['a', 'b', 'c'])).toEqual({
    className: 'c',
    accuracy: 0.5,
  });
  expect(baselineOf(Int32Array.from([1, 0]), new Int32Array(0), ['a', 'b'])).toEqual({
    className: 'a',
    accuracy: 0,
  });
});
