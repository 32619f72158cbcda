import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  TrainEvent,
  TrainResult,
  type TrainInput,
  type TrainResult as Result,
} from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { readEvaluation } from '../evaluation/stored-evaluation.ts';
import {
  excludePhotos,
  labelPhotos,
  listTrainingPhotos,
  openLibrary,
  type Library,
} from '../library/index.ts';
import { takePhotos, temporaryFolder } from '../library/photos-fixture.ts';
import { predictPhotos } from '../prediction/index.ts';
import { startCompute } from '../start-compute.ts';
import { readRuns } from './read-runs.ts';
import { trainModel } from './train-model.ts';

const root = temporaryFolder();
const sample = join(import.meta.dirname, '../../assets/sample');
const compute = startCompute();
const project = join(root, 'sample.scenelab');
let library: Library;

beforeAll(async () => {
  library = openLibrary(project, { create: true });
  await takePhotos(library, [sample]);
});
afterAll(async () => {
  library[Symbol.dispose]();
  await compute.close();
  rmSync(root, { recursive: true });
});

const Line = z.union([TrainEvent, TrainResult.extend({ kind: z.literal('result') })]);
type Line = z.infer<typeof Line>;

async function train(input: Partial<TrainInput> = {}, computing = compute) {
  const events: TrainEvent[] = [];
  const { signal } = new AbortController();
  const stream = trainModel(
    computing,
    library,
    { project, preset: 'quick', settings: {}, ...input },
    { signal },
  );
  for (let next = await stream.next(); ; next = await stream.next()) {
    if (next.done) return { events, result: TrainResult.parse(next.value) };
    events.push(TrainEvent.parse(next.value));
  }
}

const weightsOf = ({ model }: Pick<Result, 'model'>) => {
  const bytes = readFileSync(join(model, 'weights.bin'));
  return new Float32Array(Uint8Array.from(bytes).buffer);
};

/** Trains in a process of its own and stops listening, or kills it, when `enough` says so. */
async function trainApart(
  folder: string,
  settings: object,
  enough: (line: Line) => boolean,
  env: NodeJS.ProcessEnv = {},
): Promise<Line[]> {
  const script = join(import.meta.dirname, 'train-fixture.ts');
  const child = spawn(process.execPath, [script, folder, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const lines: Line[] = [];
  const exit = once(child, 'exit');
  for await (const text of createInterface(child.stdout)) {
    const line = Line.parse(JSON.parse(text));
    lines.push(line);
    if (enough(line)) child.kill('SIGKILL');
  }
  await exit;
  return lines;
}

function resultOf(lines: readonly Line[]) {
  const last = lines.at(-1);
  if (last?.kind !== 'result') throw new Error('the training gave no result');
  return last;
}

test('the quick preset learns the sample and leaves a model that knows a photo it never saw', async () => {
  const { result } = await train();
  expect(result.classNames).toEqual(['fish', 'monument', 'tool', 'windmill']);
  expect(result.test.accuracy).toBeGreaterThan(0.8);
  expect(result.test.accuracy).toBeGreaterThan(result.baseline.accuracy);
  expect(result.test.n).toBe(listTrainingPhotos(library).filter(({ split }) => split === 'test').length);
  const photo = listTrainingPhotos(library).find(({ split, label }) => split === 'test' && label === 'fish');
  const input = { model: result.model, paths: [photo?.path ?? ''], top: 1 };
  const answers = await Array.fromAsync(predictPhotos(compute, input, new AbortController().signal));
  expect(answers).toContainEqual(
    expect.objectContaining({ predictions: [expect.objectContaining({ className: 'fish' })] }),
  );
});

test('the test photos are judged as the exported model answers them, and not embedded again', async () => {
  const settings = { refit: 'none' } as const;
  const { result } = await train({ settings });
  const { answers = [] } = await readEvaluation(library.runFolder(result.runId));
  expect(answers).toHaveLength(result.test.n);
  const { signal } = new AbortController();
  const input = { model: result.model, paths: answers.map(({ path }) => path), top: 1 };
  const events = await Array.fromAsync(predictPhotos(compute, input, signal));
  const predicted = events.flatMap((event) => (event.kind === 'prediction' ? event : []));
  const byPath = new Map(predicted.map(({ path, predictions }) => [path, predictions[0]]));
  for (const { path, predicted, probability } of answers) {
    expect(byPath.get(path)?.className).toBe(predicted);
    expect(byPath.get(path)?.probability).toBeCloseTo(probability, 5);
  }
  const again = await train({ settings });
  const looked = again.events.filter((event) => event.kind === 'progress' && event.stage === 'evaluate');
  expect(looked).toEqual([]);
  expect(again.result.test).toEqual(result.test);
});

test('the same seed gives the same model, and no photo is embedded again', async () => {
  const [first, again] = [await train(), await train()];
  expect(weightsOf(again.result)).toEqual(weightsOf(first.result));
  expect(again.events.filter((event) => event.kind === 'progress' && event.stage === 'embed')).toEqual([]);
});

test('relabelling changes the model but embeds nothing, and a wrong label is found', async () => {
  const before = await train();
  const photo = listTrainingPhotos(library).find(({ split }) => split === 'train');
  labelPhotos(library, [{ photo: photo?.id ?? '', label: 'windmill' }]);
  const after = await train();
  expect(after.events.filter((event) => event.kind === 'progress' && event.stage === 'embed')).toEqual([]);
  expect(weightsOf(after.result)).not.toEqual(weightsOf(before.result));
  const { learned } = await readEvaluation(join(after.result.model, '..'));
  expect(learned?.length).toBe(listTrainingPhotos(library).filter(({ split }) => split !== 'test').length);
  const found = learned?.find((each) => each.photo === photo?.id);
  expect(found).toMatchObject({ label: 'windmill', predicted: photo?.label });
  labelPhotos(library, [{ photo: photo?.id ?? '', label: photo?.label ?? '' }]);
});

test('fine-tuning can be stopped early and keeps the best epoch', { tags: ['native'] }, async () => {
  const stop = new AbortController();
  const settings = { variants: 2, epochs: 50, patience: 50, refit: 'none' as const, learningRate: 1e-3 };
  const events: TrainEvent[] = [];
  const input = { project, preset: 'balanced' as const, settings };
  const { signal } = new AbortController();
  const stream = trainModel(compute, library, input, { signal, stop: stop.signal });
  for (let next = await stream.next(); ; next = await stream.next()) {
    if (next.done) break;
    events.push(next.value);
    if (next.value.kind === 'epoch' && next.value.epoch === 2) stop.abort();
  }
  const epochs = events.filter(({ kind }) => kind === 'epoch');
  expect(epochs.length).toBeGreaterThanOrEqual(2);
  expect(epochs.length).toBeLessThan(5);
  expect(events).not.toContainEqual(expect.objectContaining({ code: 'ENDED_EARLY' }));
});

test('fine-tuning that no longer gets better ends by itself and says so', { tags: ['native'] }, async () => {
  const settings = {
    variants: 2,
    epochs: 30,
    patience: 1,
    refit: 'none' as const,
    learningRate: 0.3,
    reach: 1,
  };
  const { events } = await train({ preset: 'balanced', settings });
  const epochs = events.filter((event) => event.kind === 'epoch');
  const best = epochs.findLast((epoch) => epoch.best);
  expect(epochs.length).toBeLessThan(30);
  const notice = events.find((event) => event.kind === 'notice' && event.code === 'ENDED_EARLY');
  expect(notice).toMatchObject({
    message: expect.stringMatching(
      new RegExp(`after epoch ${epochs.length} of 30.* weights of epoch ${best?.epoch} are kept`),
    ),
  });
});

test('a training whose project is deleted meanwhile says so', { tags: ['native'] }, async () => {
  const folder = join(root, 'gone.scenelab');
  using gone = openLibrary(folder, { create: true });
  await takePhotos(gone, [sample]);
  const input = { project: folder, preset: 'balanced' as const, settings: { variants: 1 } };
  const stream = trainModel(compute, gone, input, { signal: new AbortController().signal });
  const toItsEnd = async () => {
    for await (const { kind } of stream)
      if (kind === 'epoch') rmSync(folder, { recursive: true, force: true });
  };
  await expect(toItsEnd()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test(
  'where memory runs out in the middle the run goes on with less, says so and remembers it',
  { tags: ['native'] },
  async () => {
    let failures = 0;
    const scarce: Compute = {
      ...compute,
      stopped: false,
      stream(name, ...rest) {
        if (name === 'fitTail' && failures++ < 2)
          throw new Error('OOM when allocating tensor with shape[8,9]');
        return compute.stream(name, ...rest);
      },
    };
    const settings = { variants: 1, epochs: 1, batchSize: 8, refit: 'none' as const };
    const { events, result } = await train({ preset: 'balanced', settings }, scarce);
    const notices = events.flatMap((event) => (event.kind === 'notice' ? event : []));
    expect(notices.map(({ code }) => code).filter((code) => code.startsWith('LESS_'))).toEqual([
      'LESS_AT_ONCE',
      'LESS_LEARNS',
    ]);
    expect(result.settings.cut).toBe('block14');
    const run = readRuns(library).find(({ runId }) => runId === result.runId);
    expect(run).toMatchObject({ state: 'finished', settings: { cut: 'block14' } });
    expect(run?.gaveUp).toEqual(notices.filter(({ code }) => code === 'LESS_LEARNS'));
  },
);

test('without validation photos all epochs count', { tags: ['native'] }, async () => {
  const validation = listTrainingPhotos(library).flatMap(({ id, split }) =>
    split === 'validation' ? id : [],
  );
  excludePhotos(library, validation);
  const settings = { variants: 2, epochs: 2, refit: 'none' as const };
  const { events, result } = await train({ preset: 'balanced', settings });
  excludePhotos(library, validation, false);
  const epochs = events.filter((event) => event.kind === 'epoch');
  expect(epochs).toMatchObject([
    { epoch: 1, validationLoss: null, best: true },
    { epoch: 2, validationLoss: null, best: true },
  ]);
  expect(result.test.accuracy).toBeGreaterThan(0.8);
});

test(
  'a training killed in the middle goes on where it was and ends as an unbroken one does',
  { tags: ['native'] },
  async () => {
    const settings = { variants: 2, epochs: 3, patience: 10, seed: 7 };
    const unbroken = resultOf(await trainApart(join(root, 'unbroken.scenelab'), settings, () => false));
    const broken = join(root, 'broken.scenelab');
    const isFirstEpoch = (line: Line) => line.kind === 'epoch';
    const first = await trainApart(broken, settings, isFirstEpoch);
    expect(first.some(({ kind }) => kind === 'result')).toBe(false);
    const second = await trainApart(broken, settings, () => false);
    expect(second).toContainEqual(expect.objectContaining({ kind: 'resumed' }));
    const epochs = second.flatMap((line) =>
      line.kind === 'epoch' && line.stage === 'fine-tune' ? line.epoch : [],
    );
    expect(epochs[0]).toBeGreaterThan(1);
    const resumed = resultOf(second);
    const [a, b] = [weightsOf(unbroken), weightsOf(resumed)];
    const difference = a.reduce((most, weight, i) => Math.max(most, Math.abs(weight - (b[i] ?? NaN))), 0);
    expect(difference).toBeLessThan(1e-4);
    expect(resumed.test).toEqual(unbroken.test);
    expect(existsSync(join(resumed.model, '../fine-tune.checkpoint'))).toBe(false);
  },
);

test('without native TensorFlow the last layer is trained, and it is said', async () => {
  const lines = await trainApart(join(root, 'portable.scenelab'), {}, () => false, {
    SCENELAB_RUNTIME: 'portable',
  });
  expect(lines).toContainEqual(expect.objectContaining({ kind: 'notice', code: 'HEAD_ONLY' }));
  const { settings, test } = resultOf(lines);
  expect(settings.cut).toBeNull();
  expect(test.accuracy).toBeGreaterThan(0.8);
});
