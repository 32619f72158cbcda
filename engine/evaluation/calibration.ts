import type { Calibration } from '../../contract/index.ts';
import { argmax } from './argmax.ts';

const bins = 10;

/**
 * How well the probability of the answer says how often it is right, in ten equal steps of it. C. Guo et al., "On
 * Calibration of Modern Neural Networks", 2017, arXiv:1706.04599.
 *
 * @param probabilities `[n, classes]` float32, row-major
 * @param truth `[n]` class indices
 */
export function calibrationOf(probabilities: Float32Array, truth: Int32Array, classes: number): Calibration {
  const answers = Array.from(truth, (label, photo) => {
    const row = probabilities.subarray(photo * classes, (photo + 1) * classes);
    const predicted = argmax(row);
    return { confidence: row[predicted] ?? 0, right: Number(predicted === label) };
  });
  const binOf = ({ confidence }: { confidence: number }) => Math.min(bins - 1, Math.floor(confidence * bins));
  const filled = [...Map.groupBy(answers, binOf)]
    .sort(([a], [b]) => a - b)
    .map(([bin, inside]) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      n: inside.length,
      confidence: mean(inside.map(({ confidence }) => confidence)),
      accuracy: mean(inside.map(({ right }) => right)),
    }));
  const apart = filled.map(({ n, confidence, accuracy }) => n * Math.abs(confidence - accuracy));
  return {
    confidence: mean(answers.map(({ confidence }) => confidence)),
    error: apart.reduce((sum, value) => sum + value, 0) / Math.max(1, truth.length),
    bins: filled,
  };
}

const mean = (values: number[]) =>
  values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);
