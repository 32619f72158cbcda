import type { EvaluateResult } from '../../contract/index.ts';
import { argmax } from './argmax.ts';

/** What a model answered for photos whose label is known. */
export interface Answers {
  readonly paths: readonly string[];
  /** Class index of each photo, `[n]`. */
  readonly truth: Int32Array;
  /** `[n, classes]`, row-major. */
  readonly probabilities: Float32Array;
}

/** The photos that were answered wrongly, the surest first. */
export function findMistakes(
  { paths, truth, probabilities }: Answers,
  classNames: readonly string[],
): EvaluateResult['mistakes'] {
  const classes = classNames.length;
  const mistakes = paths.flatMap((path, photo) => {
    const row = probabilities.subarray(photo * classes, (photo + 1) * classes);
    const answer = argmax(row);
    const label = truth[photo] ?? -1;
    if (answer === label) return [];
    const [name, predicted] = [classNames[label] ?? '', classNames[answer] ?? ''];
    return [{ path, label: name, predicted, probability: row[answer] ?? 0 }];
  });
  return mistakes.sort((a, b) => b.probability - a.probability);
}
