import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapInOrder } from './map-in-order.ts';

const delays = [30, 1, 20, 1, 1, 10];

test('results come in the order of the items, whichever is ready first', async () => {
  const work = (delay: number) => setTimeout(delay, delay);
  const results = await Array.fromAsync(mapInOrder(delays, work, { atOnce: 3, ahead: 6 }));
  expect(results).toEqual(delays);
});

test('no more than asked for run at once, and no more than asked for are ahead', async () => {
  let running = 0;
  let most = 0;
  let started = 0;
  const work = async (item: number) => {
    started += 1;
    most = Math.max(most, ++running);
    await setTimeout(1);
    running -= 1;
    return item;
  };
  const items = Array.from({ length: 50 }, (_, i) => i);
  let taken = 0;
  for await (const item of mapInOrder(items, work, { atOnce: 4, ahead: 7 })) {
    taken = item + 1;
    if (taken === 5) await setTimeout(30);
    expect(started - taken).toBeLessThanOrEqual(7);
    if (taken === 5) expect(started - taken).toBe(7);
  }
  expect([most, taken]).toEqual([4, 50]);
});

test('a failure is thrown in its turn and nothing is started after it', async () => {
  let started = 0;
  const work = async (item: number) => {
    started += 1;
    await setTimeout(item === 0 ? 20 : 1);
    if (item === 2) throw new Error('two');
    return item;
  };
  const seen: number[] = [];
  const run = async () => {
    for await (const item of mapInOrder([0, 1, 2, 3, 4, 5, 6, 7], work, { atOnce: 2, ahead: 4 }))
      seen.push(item);
  };
  await expect(run()).rejects.toThrow('two');
  const then = started;
  await setTimeout(20);
  expect([seen, started]).toEqual([[0, 1], then]);
  expect(started).toBeLessThan(8);
});

test('a heavy item goes alone', async () => {
  let [running, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++running);
    await setTimeout(5);
    running -= 1;
  };
  const heavy = { atOnce: 8, ahead: 8, weigh: (weight: number) => weight, budget: 10 };
  await Array.fromAsync(mapInOrder([11, 11, 11], work, heavy));
  expect(most).toBe(1);
  await Array.fromAsync(mapInOrder([5, 5, 5], work, heavy));
  expect(most).toBe(2);
});

test('leaving the loop starts nothing more, and waits for what has begun', async () => {
  const seen = { begun: 0, running: 0 };
  const work = async (delay: number) => {
    seen.begun += 1;
    seen.running += 1;
    await setTimeout(delay);
    seen.running -= 1;
  };
  const results = mapInOrder([1, 50, 1, 1], work, { atOnce: 2, ahead: 2 });
  await results.next();
  await results.return(undefined);
  expect(seen).toEqual({ begun: 3, running: 0 });
});
