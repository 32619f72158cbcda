// @module-tag native
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LabTrainResult, TrainEvent, type LabTrainInput } from '../../contract/index.ts';
import { listTrainingPhotos, openLibrary, type Library } from '../library/index.ts';
import { takePhotos, temporaryFolder } from '../library/photos-fixture.ts';
import { startCompute } from '../start-compute.ts';
import { listLabNetworks, readLabNetwork } from './kept-networks.ts';
import { readMnist } from './read-mnist.ts';
import { trainLabNetwork, type LabSignals } from './train-lab-network.ts';
import { imagesAt } from './vary-images.ts';

const sample = join(import.meta.dirname, '../../assets/sample');
const project = join(temporaryFolder(), 'sample.scenelab');
const compute = startCompute();
let library: Library;

beforeAll(async () => {
  library = openLibrary(project, { create: true });
  await takePhotos(library, [join(sample, 'fish'), join(sample, 'monument')]);
});
afterAll(async () => {
  library[Symbol.dispose]();
  await compute.close();
});
beforeEach(() => {
  process.env['SCENELAB_DATA'] = temporaryFolder();
});

async function trained(
  input: LabTrainInput,
  hear: (event: TrainEvent) => void = () => undefined,
  signals: LabSignals = { signal: new AbortController().signal },
): Promise<{ events: TrainEvent[]; result: LabTrainResult }> {
  const events: TrainEvent[] = [];
  for (const run = trainLabNetwork(compute, () => library, input, signals); ;) {
    const { done, value } = await run.next();
    if (done) return { events, result: LabTrainResult.parse(value) };
    events.push(TrainEvent.parse(value));
    hear(value);
  }
}

const digits = (settings: LabTrainInput['settings'] = {}): LabTrainInput => ({
  network: 'lenet-5',
  data: { kind: 'mnist' },
  settings: { epochs: 1, limit: 2000, ...settings },
});

test('a network learns digits, is judged on all of the test set and kept', async () => {
  const { events, result } = await trained(digits());
  expect(result).toMatchObject({
    ...{ network: 'lenet-5', name: 'LeNet-5', input: [28, 28, 1], parameters: 61_706, dataName: 'MNIST' },
    photos: { train: 2000, validation: 6000, test: 10_000 },
    settings: { epochs: 1, limit: 2000, seed: 1 },
  });
  expect(result.test.n).toBe(10_000);
  expect(result.test.accuracy).toBeGreaterThan(0.5);
  expect(result.test.confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(10_000);
  expect(result.history).toEqual(events.filter(({ kind }) => kind === 'epoch'));
  expect(result.photosPerSecond).toBeCloseTo(2000 / result.seconds);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'step', stage: 'from-scratch' }));
  expect(readLabNetwork(result.id)).toEqual(result);
  expect(listLabNetworks().map(({ id }) => id)).toEqual([result.id]);
});

test('what was kept answers as it was judged', async () => {
  const { result } = await trained(digits({ limit: 600 }));
  const { test: images } = await readMnist();
  const places = Int32Array.from({ length: 500 }, (_, i) => i);
  const { handle, inputSize, outputs } = await compute.call('openLabNetwork', { id: result.id });
  expect([inputSize, outputs.map(({ name }) => name)]).toEqual([28, ['probabilities']]);
  const pixels = imagesAt(images, places);
  const [answer = new Float32Array()] = await compute.call('runNetwork', { handle, pixels, n: 500 });
  await compute.call('closeNetwork', { handle });
  const rows = Array.from(places, (i) => [...answer.subarray(10 * i, 10 * i + 10)]);
  const right = rows.filter((row, i) => row.indexOf(Math.max(...row)) === images.labels[i]);
  // The first 500 digits are about as hard as all.
  expect(Math.abs(right.length / 500 - result.test.accuracy)).toBeLessThan(0.1);
});

test('the same seed trains the same network', async () => {
  const settings = { limit: 300, augment: true, averageOver: 100 };
  const [first, again, other] = [
    await trained(digits(settings)),
    await trained(digits(settings)),
    await trained(digits({ ...settings, seed: 2 })),
  ];
  expect(again.result.history).toEqual(first.result.history);
  expect(again.result.test).toEqual(first.result.test);
  expect(other.result.history).not.toEqual(first.result.history);
});

test('photos of a project are learned from in its own splits', async () => {
  const settings = { epochs: 2, inputSize: 32, width: 0.125 };
  const { events, result } = await trained({
    network: 'resnet-18',
    data: { kind: 'photos', project },
    settings,
  });
  expect(result).toMatchObject({ input: [32, 32, 3], dataName: 'sample', classNames: ['fish', 'monument'] });
  const all = result.photos.train + result.photos.validation + result.photos.test;
  expect([all, result.test.n]).toEqual([listTrainingPhotos(library).length, result.photos.test]);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'progress', stage: 'prepare' }));
});

test('says where a recipe trains a network smaller than it was published', async () => {
  const told: string[] = [];
  const controller = new AbortController();
  const hear = (event: TrainEvent) => {
    if (event.kind === 'notice') told.push(event.message);
    if (event.kind === 'step') controller.abort(new Error('enough'));
  };
  const run = trained(
    { network: 'resnet-18', data: { kind: 'mnist' }, settings: { limit: 64 } },
    hear,
    controller,
  );
  await expect(run).rejects.toThrow('enough');
  expect(told).toEqual([
    'ResNet-18 is trained with 25 % of its channels, on images of 28 × 28 instead of 224 × 224, so that a small machine is done in minutes. `scenelab lab train --help` says how all of it is set.',
  ]);
});

test('cancelled it keeps nothing, stopped what was learned so far', async () => {
  const cancel = new AbortController();
  const atFirstStep = (controller: AbortController) => (event: TrainEvent) => {
    if (event.kind === 'step') controller.abort(new Error('enough'));
  };
  const long = digits({ limit: null, epochs: 50 });
  await expect(trained(long, atFirstStep(cancel), { signal: cancel.signal })).rejects.toThrow('enough');
  expect(listLabNetworks()).toEqual([]);

  const stop = new AbortController();
  const signals = { signal: new AbortController().signal, stop: stop.signal };
  const { result } = await trained(long, atFirstStep(stop), signals);
  expect(result.history).toEqual([]);
  expect(listLabNetworks()).toHaveLength(1);
});

test('refuses a network that there is not, and an input that its layers do not fit on', async () => {
  const unknown = { network: 'lenet-6', data: { kind: 'mnist' }, settings: {} } as const;
  await expect(trained(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const tiny = { network: 'alexnet', data: { kind: 'mnist' }, settings: { inputSize: 20 } } as const;
  await expect(trained(tiny)).rejects.toMatchObject({ code: 'USAGE' });
});
