import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ProgressDisplay } from './progress-display.ts';
import type { Advance } from './progress-line.ts';

const photos: Advance = {
  name: 'Reading photos',
  ...{ done: 0, total: 2, unit: 'photos', rate: 20, secondsLeft: 90 },
};
const files: Advance = {
  ...photos,
  ...{ name: 'Looking for photos', unit: 'files', total: null, secondsLeft: null },
};
const step: Advance = { ...photos, name: 'Fine-tuning, epoch 1', unit: 'steps' };

/** What is written where there is no terminal. */
function said(...advances: readonly Advance[]): string[] {
  const stream = new PassThrough();
  const display = new ProgressDisplay(stream);
  for (const advance of advances) display.show(advance);
  return String(stream.read() ?? '')
    .split('\n')
    .slice(0, -1);
}

test('without a terminal a stage has a line at its begin and one at its end', () => {
  const lines = said(
    photos,
    { ...photos, done: 1 },
    { ...photos, done: 2 },
    { ...photos, done: 2, rate: 19 },
  );
  expect(lines).toEqual(['Reading photos: 0 of 2', 'Reading photos: 2 of 2 · 20 photos/s']);
});

test('a stage of unknown length is told when it is over, steps by the line of their epoch, and nothing twice', () => {
  const nothing = { ...photos, total: 0 };
  const all = { ...photos, name: 'Predicting', done: 2, rate: null };
  expect(said(files, { ...files, done: 98 }, nothing, all, all, step)).toEqual([
    'Looking for photos: 98 files',
    'Predicting: 2 of 2',
  ]);
});
