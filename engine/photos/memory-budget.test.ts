import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withinMemory } from './memory-budget.ts';

test('large pictures wait for each other, small ones go together, and one above the budget still goes, alone', async () => {
  let held = 0;
  const most = new Map<number, number>();
  const work = (pixels: number) =>
    withinMemory(pixels, async () => {
      held += pixels;
      most.set(pixels, Math.max(most.get(pixels) ?? 0, held));
      await setImmediate();
      held -= pixels;
    });
  await Promise.all([60e6, 60e6, 200e6, 10e6, 10e6].map(work));
  expect(Math.max(most.get(60e6) ?? 0, most.get(10e6) ?? 0)).toBeLessThanOrEqual(100e6);
  expect(most.get(10e6)).toBeGreaterThan(10e6);
  expect(most.get(200e6)).toBe(200e6);
});

test('a failure gives its room back', async () => {
  await expect(withinMemory(100e6, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(withinMemory(100e6, () => Promise.resolve(1))).resolves.toBe(1);
});
