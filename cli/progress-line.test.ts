import { expect, test } from 'vitest';
import { progressLine, type Advance } from './progress-line.ts';

const step: Advance = {
  name: 'Fine-tuning, epoch 10',
  ...{ done: 7, total: 14, unit: 'steps', rate: 175, secondsLeft: 22, note: 'loss 0.097' },
};
const reading: Advance = {
  name: 'Reading photos',
  ...{ done: 0, total: 3, unit: 'photos', rate: 0.5, secondsLeft: 90 },
};

test('a line is as wide as the terminal at most: the bar gives way first, then the last facts', () => {
  const all = 'step 7 of 14 · 22 s left · loss 0.097 · 175 photos/s';
  expect(progressLine(step, 120)).toBe(`Fine-tuning, epoch 10 ${'█'.repeat(12)}${'░'.repeat(12)} ${all}`);
  expect(progressLine(step, 82)).toBe(`Fine-tuning, epoch 10 ████░░░ ${all}`);
  expect(progressLine(step, 78)).toBe(`Fine-tuning, epoch 10: ${all}`);
  expect(progressLine(step, 60)).toBe('Fine-tuning, epoch 10: step 7 of 14 · 22 s left · loss 0.097');
  expect(progressLine(step, 20)).toBe('Fine-tuning, epoch 1');
});

test('only what can be said of a stage is said', () => {
  expect(progressLine({ ...reading, done: 3 }, 50)).toBe(
    `Reading photos ${'█'.repeat(13)} 3 of 3 · 0.5 photos/s`,
  );
  const files: Advance = { ...reading, name: 'Looking for photos', unit: 'files', total: null, done: 1 };
  expect(progressLine({ ...files, secondsLeft: null }, 50)).toBe('Looking for photos: 1 file');
});
