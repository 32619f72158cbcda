import type { LabTrainResult } from '../contract/index.ts';
import { classTable, confusionWords } from './evaluation-words.ts';
import { count, duration, percent } from './words.ts';

/** What came of a training from scratch. */
export function labTrainWords(result: LabTrainResult): string {
  const { name, input, parameters, dataName, photos, history, test, seconds, photosPerSecond } = result;
  const [low, high] = test.accuracyInterval;
  const wrong = Math.round((1 - test.accuracy) * test.n);
  // Of thousands hundredths of a percent tell something: MNIST's best networks differ by them.
  const share = (of: number) => (test.n >= 1000 ? `${(100 * of).toFixed(2)} %` : percent(of));
  return [
    `${name}, ${input.join(' × ')}, ${parameters.toLocaleString('en')} parameters.`,
    `${dataName}: learned from ${count(photos.train, 'image')} in ${count(history.length, 'epoch')}.`,
    `Accuracy ${share(test.accuracy)} on ${count(test.n, 'image')} it never saw, ${wrong.toLocaleString('en')} wrong (95 % interval ${share(low)} to ${share(high)}).`,
    '',
    classTable(test, 'images'),
    '',
    ...confusionWords(test),
    `Kept in ${result.folder}`,
    `${duration(seconds)}, ${Math.round(photosPerSecond).toLocaleString('en')} images/s, on ${result.device}.`,
  ].join('\n');
}
