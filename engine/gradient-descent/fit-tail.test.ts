// @module-tag native
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Epoch, Step } from '../../contract/index.ts';
import { calibratedFit } from '../head/fit-temperature.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { readCheckpoint } from './checkpoint.ts';
import { fitTail, type TailResult } from './fit-tail.ts';
import { openTail } from './open-tail.ts';
import { smallTail, smallTraining } from './tail-fixture.ts';
import type { TailInput } from './tail-input.ts';

beforeAll(() => startRuntime());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fit-tail-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function train(input: TailInput): Promise<{ events: (Step | Epoch)[]; result: TailResult }> {
  const events: (Step | Epoch)[] = [];
  const training = fitTail(smallTail, input, new AbortController().signal);
  for (let next = await training.next(); ; next = await training.next()) {
    if (next.done) return { events, result: next.value };
    events.push(next.value);
  }
}

/** Takes events until the first epoch is over, then aborts; what is thrown is the answer. */
async function abortAfterOneEpoch(input: TailInput): Promise<unknown> {
  const controller = new AbortController();
  try {
    for await (const event of fitTail(smallTail, input, controller.signal))
      if (event.kind === 'epoch') controller.abort(new Error('enough'));
    return null;
  } catch (error) {
    return error;
  }
}

function largestDifference(a: TailResult, b: TailResult): number {
  const differences = [...a.weights].flatMap(([name, { data }]) =>
    Array.from(data, (value, i) => Math.abs(value - (b.weights.get(name)?.data[i] ?? NaN))),
  );
  return Math.max(...differences);
}

/** The values of a weight before any training. */
async function weightAtStart(name: string, { head, settings }: TailInput): Promise<Float32Array> {
  using tail = await openTail(smallTail, head, settings);
  return tail.weights().get(name)?.data ?? new Float32Array();
}

describe('fitTail', () => {
  test('learns, moving the weights of every node', async () => {
    const { events, result } = await train(smallTraining(folder, { epochs: 20 }));
    const epochs = events.filter((event) => event.kind === 'epoch');
    expect(epochs).toHaveLength(20);
    expect(epochs.at(-1)?.loss).toBeLessThan((epochs[0]?.loss ?? 0) - 0.1);
    const before = smallTail.nodes.find((node) => node.name === 'depthwise');
    const after = result.weights.get('depthwise/kernel');
    expect(before && 'kernel' in before && after?.data).not.toEqual(
      before && 'kernel' in before && before.kernel.data,
    );
  });

  test('gives the same weights for the same seed, others for another', async () => {
    const { result: first } = await train(smallTraining(folder));
    rmSync(folder, { recursive: true });
    const { result: again } = await train(smallTraining(folder));
    rmSync(folder, { recursive: true });
    const { result: other } = await train(smallTraining(folder, { seed: 4 }));
    expect(largestDifference(first, again)).toBe(0);
    expect(largestDifference(first, other)).toBeGreaterThan(1e-3);
  });

  test('gives the weights of the last epoch that was not clearly worse than the lowest validation loss, and their logits', async () => {
    const { events, result } = await train(smallTraining(folder, { learningRate: 0.5, epochs: 6 }));
    const losses = events.flatMap((event) =>
      event.kind === 'epoch' ? [event.validationLoss ?? Infinity] : [],
    );
    const good = losses.map((loss, i) => loss <= 1.1 * Math.min(...losses.slice(0, i + 1)));
    expect(result.bestEpoch - 1).toBe(good.lastIndexOf(true));
    const logits = result.validationLogits ?? new Float32Array();
    const labels = Int32Array.from({ length: 9 }, (_, i) => i % 3);
    expect(calibratedFit(logits, labels).loss).toBeCloseTo(losses[result.bestEpoch - 1] ?? NaN, 5);
  });

  test('ends when the validation loss has not fallen for as long as patience lasts', async () => {
    const { result } = await train(smallTraining(folder, { learningRate: 0.3, patience: 2, epochs: 50 }));
    expect(result.history).toHaveLength(result.bestEpoch + 2);
  });

  test('the model lies between the weights that it began with and those reached', async () => {
    const input = smallTraining(folder, { epochs: 1 });
    const { result } = await train({ ...input, validation: null });
    const reached = readCheckpoint(input.checkpoint, z.unknown())?.tensors;
    for (const [name, { data }] of result.weights) {
      const start = await weightAtStart(name, input);
      const end = reached?.get(name)?.data;
      data.forEach((value, i) =>
        expect(value).toBeCloseTo(0.8 * (start[i] ?? NaN) + 0.2 * (end?.[i] ?? NaN), 5),
      );
    }
  });

  test('without validation photos the last epoch counts, and lastEpoch ends it on the same schedule', async () => {
    const whole = { ...smallTraining(folder), validation: null };
    const { result } = await train({ ...whole, lastEpoch: 2 });
    expect(result).toMatchObject({ bestEpoch: 2, validationLogits: null });
    // Going on from there to the end is the same as never having stopped.
    const { result: continued } = await train(whole);
    rmSync(folder, { recursive: true });
    const { result: unbroken } = await train({ ...smallTraining(folder), validation: null });
    expect(largestDifference(continued, unbroken)).toBe(0);
  });

  test.each(['adam', 'sgd'] as const)(
    'with %s a cancelled training goes on as if it had not been',
    async (optimizer) => {
      const { result: unbroken } = await train(smallTraining(folder, { optimizer }));
      rmSync(folder, { recursive: true });
      expect(await abortAfterOneEpoch(smallTraining(folder, { optimizer }))).toEqual(new Error('enough'));
      const { events, result } = await train(smallTraining(folder, { optimizer }));
      expect(events.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))).toEqual([2, 3, 4]);
      expect(result.history).toEqual(unbroken.history);
      expect(largestDifference(result, unbroken)).toBe(0);
    },
  );

  test('a killed process is gone on from in another, to the same predictions', async () => {
    const { result: unbroken } = await train(smallTraining(folder));
    rmSync(folder, { recursive: true });
    const script = fileURLToPath(new URL('fit-tail-fixture.ts', import.meta.url));
    const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    const { result } = await train(smallTraining(folder));
    expect(largestDifference(result, unbroken)).toBeLessThan(1e-4);
    expect(result.validationLogits).toEqual(unbroken.validationLogits);
  });

  test('a damaged checkpoint means to begin anew', async () => {
    const { result } = await train(smallTraining(folder));
    truncateSync(smallTraining(folder).checkpoint, 100);
    const { events } = await train(smallTraining(folder));
    expect(events.find((event) => event.kind === 'epoch')?.epoch).toBe(1);
    expect(result.history).toHaveLength(4);
  });

  test('leaves no tensors behind, finished or cancelled', async () => {
    const before = tf.memory().numTensors;
    await abortAfterOneEpoch(smallTraining(folder));
    await train(smallTraining(folder));
    expect(tf.memory().numTensors).toBe(before);
  });
});
