import { expect, test } from 'vitest';
import { lendMemory } from './lend-memory.ts';

const megabyte = 2 ** 20;

// Compared with ===: a matcher would look into every byte.
test('memory given back is lent again, to one at a time, also when it is given back twice', () => {
  const first = lendMemory(megabyte);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  using again = lendMemory(megabyte);
  using another = lendMemory(megabyte);
  expect(again.bytes === first.bytes).toBe(true);
  expect(another.bytes === again.bytes).toBe(false);
});

test('memory is at least as long as asked for, and not far longer than a photo needs', () => {
  lendMemory(8 * megabyte)[Symbol.dispose]();
  using small = lendMemory(10);
  using large = lendMemory(9 * megabyte);
  expect(small.bytes.length).toBeLessThan(megabyte);
  expect(large.bytes.length).toBeGreaterThanOrEqual(9 * megabyte);
});

test('what is kept for the next ones has a bound: the memory of a huge file goes back to the system', () => {
  const huge = lendMemory(80 * megabyte);
  huge[Symbol.dispose]();
  using next = lendMemory(80 * megabyte);
  expect(next.bytes === huge.bytes).toBe(false);
});
