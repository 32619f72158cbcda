import type { Baseline, Metrics } from '../contract/index.ts';
import { count, percent, table } from './words.ts';

const shownConfusions = 5;

/** A verdict for people: how good, compared with what, and where it goes wrong. */
export function evaluationWords({ test, baseline }: { test: Metrics; baseline: Baseline }): string {
  const [low, high] = test.accuracyInterval;
  const rows = test.perClass.map(({ className, support, precision, recall, f1 }) => [
    className,
    String(support),
    percent(precision),
    percent(recall),
    percent(f1),
  ]);
  return [
    `${percent(test.accuracy)} of ${count(test.n, 'test photo')} right ` +
      `(95 % interval ${percent(low)} to ${percent(high)}). ` +
      `Always "${baseline.className}" would be ${percent(baseline.accuracy)}.`,
    '',
    table([['label', 'photos', 'precision', 'recall', 'F1'], ...rows]),
    '',
    ...confusions(test),
  ].join('\n');
}

function confusions({ confusion, perClass }: Metrics): string[] {
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
