import type { TestDigit } from '../../contract/index.ts';
import { readMnist } from '../lab/read-mnist.ts';
import { fieldSide } from './centre-digit.ts';

const ofEachClass = 2;

let read: Promise<TestDigit[]> | undefined;

/** The first digits of each class in MNIST's test set, in the order of the classes. Throws as `readMnist`. */
export function testDigits(): Promise<TestDigit[]> {
  return (read ??= firstDigits().catch((error: unknown) => {
    read = undefined;
    throw error;
  }));
}

async function firstDigits(): Promise<TestDigit[]> {
  const { test } = await readMnist();
  const size = fieldSide * fieldSide;
  return test.classNames.flatMap((label, digit) => {
    const places = [...test.labels.keys()].filter((place) => test.labels[place] === digit);
    return places.slice(0, ofEachClass).map((place) => ({
      label,
      digit: Buffer.from(test.pixels.subarray(place * size, (place + 1) * size)).toString('base64'),
    }));
  });
}
