import { expect, test } from 'vitest';
import type { Measured } from '../../../../../contract/index.ts';
import { pointsSoFar } from './points-so-far.ts';

const arm = { id: 'new', network: null };
const run = (x: number, seed: number, accuracy: number, id = 'new'): Measured => ({
  kind: 'measured',
  arm: id,
  x,
  seed,
  accuracy,
});

test('what is measured so far has means of the runs that are there, up to the first place without one', () => {
  const measured = [run(1, 1, 0.5), run(1, 1, 0.1, 'old'), run(2, 1, 0.75), run(1, 2, 0.75)];
  expect(pointsSoFar(arm, [1, 2, 3], measured)).toEqual([
    { values: [0.5, 0.75], mean: 0.625, low: 0.625, high: 0.625 },
    { values: [0.75], mean: 0.75, low: 0.75, high: 0.75 },
  ]);
  expect(pointsSoFar(arm, [1, 2], [])).toEqual([]);
});
