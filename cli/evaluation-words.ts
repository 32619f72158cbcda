import type { Baseline, Metrics } from '../contract/index.ts';
import { count, percent, table } from './words.ts';

const shownConfusions = 5;

/** A verdict for people: how good, compared with what, and where it goes wrong. */
export function evaluationWords({ test, baseline }: { test: Metrics; baseline: Baseline }): string {
  const [low, high] = test.accuracyInterval;
  return [
    `${percent(test.accuracy)} of ${count(test.n, 'test photo')} right ` +
      `(95 % interval ${percent(low)} to ${percent(high)}). ` +
      `Always answering "${baseline.className}" would get ${percent(baseline.accuracy)}.`,
    '',
    classTable(test, 'photos'),
    '',
    ...confusionWords(test),
  ].join('\n');
}

/** How each label did; `images` is what they are called. */
export function classTable({ perClass }: Metrics, images: string): string {
  const rows = perClass.map(({ className, support, precision, recall, f1 }) => [
    className,
    String(support),
    percent(precision),
    percent(recall),
    percent(f1),
  ]);
  return table([['label', images, 'precision', 'recall', 'F1'], ...rows]);
}

/** A line on the most frequent mistakes, if there are any. */
export function confusionWords({ confusion, perClass }: Metrics): string[] {
  const name = (index: number) => perClass[index]?.className ?? '';
  const wrong = confusion
    .flatMap((row, truth) => row.map((n, predicted) => ({ n, truth, predicted })))
    .filter(({ n, truth, predicted }) => n > 0 && truth !== predicted)
    .sort((a, b) => b.n - a.n)
    .slice(0, shownConfusions);
  if (wrong.length === 0) return [];
  const words = wrong.map(({ n, truth, predicted }) => `${name(truth)} taken for ${name(predicted)} (${n})`);
  return [`Most often wrong: ${words.join(', ')}.`];
}
