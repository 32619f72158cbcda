import { afterEach, beforeEach, expect, test } from 'vitest';
import { ScenelabError } from '../../contract/index.ts';
import type { FixtureTasks } from './thread-fixture.ts';
import { startThread, type Thread } from './thread.ts';

let thread: Thread<FixtureTasks>;
beforeEach(() => {
  thread = startThread<FixtureTasks>(new URL('./thread-fixture.ts', import.meta.url));
});
afterEach(() => thread.close());

test('a call brings the result of the task', async () => {
  expect(await thread.call('double', Float32Array.of(1, 2))).toEqual(Float32Array.of(2, 4));
});

test('buffers named in transfer move, others are copied', async () => {
  const moved = new Float32Array(4);
  const copied = new Float32Array(4);
  await thread.call('double', moved, { transfer: [moved.buffer] });
  await thread.call('double', copied);
  expect([moved.length, copied.length]).toEqual([0, 4]);
});

test('a stream yields in order and returns the result', async () => {
  const stream = thread.stream('count', 3);
  const seen = [];
  let step = await stream.next();
  for (; !step.done; step = await stream.next()) seen.push(step.value);
  expect([seen, step.value]).toEqual([[1, 2, 3], 'counted']);
});

test('leaving a stream stops the task before the loop is left', async () => {
  for await (const n of thread.stream('count', 1e9)) if (n === 5) break;
  expect(await thread.call('stops', null)).toBe(1);
});

test('a signal cancels a task, whose call rejects with the reason once it has stopped', async () => {
  const controller = new AbortController();
  const waiting = thread.call('wait', null, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  expect(await thread.call('stops', null)).toBe(1);
});

test('a signal that has fired already starts nothing', async () => {
  await expect(thread.call('wait', null, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  expect(await thread.call('stops', null)).toBe(0);
});

test('calls run side by side and keep their answers apart', async () => {
  const answers = await Promise.all(
    [1, 2, 3].map(async (n) => (await thread.call('double', Float32Array.of(n)))[0]),
  );
  expect(answers).toEqual([2, 4, 6]);
});

test('errors keep their code and their kind', async () => {
  const expected = await thread.call('fail', 'expected').catch((error: unknown) => error);
  expect(expected).toBeInstanceOf(ScenelabError);
  expect(expected).toMatchObject({ code: 'MODEL_INVALID', data: { met: 'met', fix: 'fix' } });
  await expect(thread.call('fail', 'bug')).rejects.toThrow(expect.objectContaining({ name: 'TypeError' }));
});

test('a crash rejects the calls in flight and all later ones', async () => {
  const waiting = thread.call('wait', null);
  const crashing = thread.call('crash', null);
  await expect(crashing).rejects.toMatchObject({
    code: 'ENGINE_STOPPED',
    message: expect.stringContaining('boom'),
  });
  await expect(waiting).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
  expect(thread.stopped).toBe(true);
  await expect(thread.call('stops', null)).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
});

test('a closed thread rejects what was in flight', async () => {
  const waiting = expect(thread.call('wait', null)).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
  await thread.close();
  await waiting;
});
