import { expect, test } from 'vitest';
import { comparePaired } from './compare-paired.ts';

const pairs = (gained: number, lost: number, same: number) => [
  ...new Array<{ now: boolean; before: boolean }>(gained).fill({ now: true, before: false }),
  ...new Array<{ now: boolean; before: boolean }>(lost).fill({ now: false, before: true }),
  ...new Array<{ now: boolean; before: boolean }>(same).fill({ now: true, before: true }),
];

test('of 21 photos seven won and one lost: the figures of the published formulas', () => {
  // The counts of the worked example in Fagerland, Lydersen and Laake; the interval worked out by hand from the formula.
  const compared = comparePaired(pairs(7, 1, 13));
  expect(compared).toMatchObject({ n: 21, gained: 7, lost: 1, difference: 6 / 21 });
  expect(compared.p).toBeCloseTo(0.0390625, 10);
  expect(compared.interval[0]).toBeCloseTo(0.01338, 5);
  expect(compared.interval[1]).toBeCloseTo(0.50836, 5);
});

test('the other way round everything changes sides but the chance', () => {
  const [one, other] = [comparePaired(pairs(7, 1, 13)), comparePaired(pairs(1, 7, 13))];
  expect(other.p).toBeCloseTo(one.p, 12);
  expect(other.interval[0]).toBeCloseTo(-one.interval[1], 12);
});

test('equal counts say nothing, also where there are thousands', () => {
  expect(comparePaired(pairs(2, 2, 40)).p).toBeCloseTo(1, 12);
  expect(comparePaired(pairs(1500, 1500, 0)).p).toBeCloseTo(1, 6);
  expect(comparePaired([])).toMatchObject({ n: 0, difference: 0, interval: [-1, 1], p: 1 });
});
