import { expect, test } from 'vitest';
import { planMemory, type MemoryQuestion } from './memory-plan.ts';

const question = (batchSize: number, cut: string | null = 'block11'): MemoryQuestion => ({
  settings: { backbone: 'efficientnet-lite0', cut, variants: 1, batchSize },
  classes: 4,
  photos: 1000,
});

test('with plenty of memory a batch goes through whole, with less in parts, with none one by one', () => {
  const { bytes, photosAtOnce } = planMemory(question(256), 8e9);
  expect(photosAtOnce).toBe(256);
  const tight = planMemory(question(256), bytes);
  expect(tight.photosAtOnce).toBeLessThan(256);
  expect(tight.bytes).toBeLessThan(0.8 * bytes);
  expect(planMemory(question(256), 1e6).photosAtOnce).toBe(1);
});

test('no more photos go through at once than there are', () => {
  expect(planMemory({ ...question(256), photos: 20 }, 8e9).photosAtOnce).toBe(20);
});

test('the head alone takes less than fine-tuning, and more the more photos there are', () => {
  const memory = (photos: number, cut: string | null) =>
    planMemory({ ...question(32, cut), photos }, 8e9).bytes;
  expect(memory(1000, null)).toBeLessThan(memory(1000, 'block11'));
  expect(memory(20_000, null)).toBeGreaterThan(memory(1000, null));
});
