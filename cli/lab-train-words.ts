import type { LabTrainResult } from '../contract/index.ts';
import { count, duration, percent, table } from './words.ts';

const shownMixUps = 5;

/** What came of a training from scratch. */
export function labTrainWords(result: LabTrainResult): string {
  const { name, input, parameters, dataName, photos, history, test, seconds, photosPerSecond } = result;
  const [low, high] = test.accuracyInterval;
  const wrong = Math.round((1 - test.accuracy) * test.n);
  // Of thousands hundredths of a percent tell something: MNIST's best networks differ by them.
  const share = (of: number) => (test.n >= 1000 ? `${(100 * of).toFixed(2)} %` : percent(of));
  const rows = test.perClass.map(({ className, precision, recall, f1, support }) => [
    className,
    percent(precision),
    percent(recall),
    percent(f1),
    String(support),
  ]);
  return [
    `${name}, ${input.join(' × ')}, ${parameters.toLocaleString('en')} parameters.`,
    `${dataName}: learned from ${count(photos.train, 'image')} in ${count(history.length, 'epoch')}.`,
    `Accuracy ${share(test.accuracy)} on ${count(test.n, 'image')} it never saw, ${wrong.toLocaleString('en')} wrong (95 % interval ${share(low)} to ${share(high)}).`,
    '',
    table([['label', 'precision', 'recall', 'F1', 'images'], ...rows]),
    ...mixUps(result),
    '',
    `Kept in ${result.folder}`,
    `${duration(seconds)}, ${Math.round(photosPerSecond).toLocaleString('en')} images/s, on ${result.device}.`,
  ].join('\n');
}

function mixUps({ test, classNames }: LabTrainResult): string[] {
  const pairs = test.confusion.flatMap((row, truth) =>
    row.flatMap((n, answer) => (n > 0 && answer !== truth ? [{ n, truth, answer }] : [])),
  );
  const most = pairs.toSorted((a, b) => b.n - a.n).slice(0, shownMixUps);
  if (most.length === 0) return [];
  const words = most.map(
    ({ n, truth, answer }) => `${classNames[truth]} taken for ${classNames[answer]} ${n} ×`,
  );
  return ['', `Most often mixed up: ${words.join(', ')}.`];
}
