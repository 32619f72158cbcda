import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inOrder } from './in-order.ts';

/** Works that take as long as their number says, and how many of them went on at once. */
function works(limit: number, weigh: (n: number) => number = () => 1, budget = Infinity) {
  const seen = { running: 0, most: 0, begun: 0 };
  const work = async (n: number) => {
    seen.begun += 1;
    seen.running += 1;
    seen.most = Math.max(seen.most, seen.running);
    await setTimeout(n);
    seen.running -= 1;
    if (n === 13) throw new Error('thirteen');
    return n;
  };
  return { seen, run: (inputs: number[]) => inOrder(inputs, work, { limit, weigh, budget }) };
}

test('results come in the order of the inputs, at most so many at once', async () => {
  const { seen, run } = works(3);
  expect(await Array.fromAsync(run([30, 1, 20, 2, 10]))).toEqual([30, 1, 20, 2, 10]);
  expect(seen.most).toBe(3);
});

test('a heavy input goes alone', async () => {
  const { seen, run } = works(8, (n) => n, 10);
  await Array.fromAsync(run([11, 11, 11]));
  expect(seen.most).toBe(1);
});

test('a failure comes in its turn, after the results before it', async () => {
  const { run } = works(3);
  const results: number[] = [];
  const all = async () => {
    for await (const n of run([40, 13, 1, 1])) results.push(n);
  };
  await expect(all()).rejects.toThrow('thirteen');
  expect(results).toEqual([40]);
});

test('leaving early begins nothing more, and waits for what has begun', async () => {
  const { seen, run } = works(2);
  const results = run([1, 50, 1, 1]);
  await results.next();
  await results.return(undefined);
  expect(seen).toMatchObject({ begun: 2, running: 0 });
});
