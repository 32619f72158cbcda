// @module-tag native
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DigitAnswer, type LabTrainResult } from '../../contract/index.ts';
import { listLabNetworks } from '../lab/kept-networks.ts';
import { trainLabNetwork } from '../lab/train-lab-network.ts';
import { openLibrary } from '../library/index.ts';
import { temporaryFolder } from '../library/photos-fixture.ts';
import { startCompute } from '../start-compute.ts';
import { fieldSide } from './centre-digit.ts';
import { lookAtDigit } from './look-at-digit.ts';
import { lookAtPhoto } from './look-at-photo.ts';
import { lookInside } from './look-inside.ts';
import { testDigits } from './test-digits.ts';

const compute = startCompute();
let network: string;

async function train(name: string): Promise<LabTrainResult> {
  const data = { kind: 'mnist' } as const;
  const settings = { epochs: 2, limit: 6000, inputSize: 28, validation: 0.05 };
  const never = () => openLibrary('');
  const { signal } = new AbortController();
  const run = trainLabNetwork(compute, never, { network: name, data, settings }, { signal });
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
  }
}

beforeAll(async () => {
  process.env['SCENELAB_DATA'] = temporaryFolder();
  ({ id: network } = await train('lenet-5'));
}, 120_000);
afterAll(() => compute.close());

const bytes = (base64: string | null) => [...Buffer.from(base64 ?? '', 'base64')];

test('digits that a network never saw are answered as it was judged, and come back in MNIST’s form', async () => {
  const digits = await testDigits();
  expect(digits.map(({ label }) => label).join('')).toBe('00112233445566778899');
  let right = 0;
  for (const { label, digit } of digits) {
    const drawing = { height: fieldSide, width: fieldSide, values: digit };
    const answer = DigitAnswer.parse(await lookAtDigit(compute, { network, drawing }));
    expect(answer.digit).toBe(digit);
    expect(answer.predictions.map(({ className }) => className).join('')).toBe('0123456789');
    const sum = answer.predictions.reduce((sum, { probability }) => sum + probability, 0);
    expect(sum).toBeCloseTo(1);
    const best = answer.predictions.toSorted((a, b) => b.probability - a.probability)[0];
    if (best?.className === label) right++;
  }
  expect(right).toBeGreaterThan(15);
});

test('every layer is there, in the order of the network; maps are pictures, units are rows', async () => {
  const [first] = await testDigits();
  const drawing = { height: fieldSide, width: fieldSide, values: first?.digit ?? '' };
  const { layers } = await lookAtDigit(compute, { network, drawing });
  const seen = layers.map(({ layer, kind, maps, height, width }) => [
    layer,
    kind,
    maps.length,
    height,
    width,
  ]);
  expect(seen).toEqual([
    ['c1', 'conv', 6, 28, 28],
    ['s2', 'average-pool', 6, 14, 14],
    ['c3', 'conv', 16, 10, 10],
    ['s4', 'average-pool', 16, 5, 5],
    ['c5', 'conv', 1, 1, 120],
    ['f6', 'dense', 1, 1, 84],
    ['logits', 'dense', 1, 1, 10],
  ]);
  expect(layers[0]?.maps.map(({ channel }) => channel)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a large drawing is brought down; the place where it was drawn changes nothing', async () => {
  const drawn = (top: number, left: number) => {
    const values = Buffer.alloc(200 * 200);
    for (let y = top; y < top + 100; y++) values.fill(255, y * 200 + left, y * 200 + left + 15);
    return { height: 200, width: 200, values: values.toString('base64') };
  };
  const answer = await lookAtDigit(compute, { network, drawing: drawn(3, 7) });
  expect(answer).toEqual(await lookAtDigit(compute, { network, drawing: drawn(90, 150) }));
  expect(bytes(answer.digit).filter((ink) => ink > 0)).toHaveLength(20 * 3);
  const one = answer.predictions[1]?.probability ?? 0;
  expect(one).toBe(Math.max(...answer.predictions.map(({ probability }) => probability)));
});

test('nothing drawn is answered, too; a drawing of another size than it says is not', async () => {
  const blank = { height: 30, width: 20, values: Buffer.alloc(600).toString('base64') };
  expect(await lookAtDigit(compute, { network, drawing: blank })).toMatchObject({ digit: null });
  const short = lookAtDigit(compute, { network, drawing: { ...blank, width: 21 } });
  await expect(short).rejects.toMatchObject({ code: 'USAGE' });
});

test('a network for digits shows its filters in grey, and refuses photos', async () => {
  expect(listLabNetworks().map(({ id }) => id)).toEqual([network]);
  const { name, input, filters, classes } = await lookInside(compute, network);
  expect([name, input, classes]).toEqual(['LeNet-5', [28, 28, 1], 10]);
  expect(filters).toMatchObject({ layer: 'c1', height: 5, width: 5, channels: 1, count: 6 });
  const looking = lookAtPhoto(compute, { network, photo: { path: 'any.jpg' }, layer: null, top: 1 });
  await expect(looking).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  const gone = lookAtDigit(compute, { network: 'gone', drawing: { height: 1, width: 1, values: 'AA==' } });
  await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
