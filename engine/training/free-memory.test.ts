import { totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { freeMemory } from './free-memory.ts';

test('it is at least what the process has already, and at most all there is', () => {
  expect(freeMemory()).toBeGreaterThanOrEqual(process.memoryUsage.rss() * 0.9);
  expect(freeMemory()).toBeLessThanOrEqual(totalmem() * 1.1);
});
