import { expect, test } from 'vitest';
import { compareArms, pointOf } from './compare-arms.ts';

const testImages = 10_000;
const points = (...places: (readonly number[])[]) =>
  places.map((values, i) => pointOf(i + 1, values, testImages));
const asked = { arm: 'new', against: 'old' };

test('a point has the mean of its runs and the interval of Student', () => {
  // Standard deviation 0.02; 4.302653 · 0.02 / √3 by hand.
  const point = pointOf(300, [0.9, 0.92, 0.94], testImages);
  expect(point.mean).toBeCloseTo(0.92, 12);
  expect(point.high - point.mean).toBeCloseTo(0.0496828, 6);
  expect(point.mean - point.low).toBeCloseTo(0.0496828, 6);
  expect(pointOf(300, [0.98, 1], testImages).high).toBe(1);
});

test('runs are compared seed by seed: what both arms have of a draw falls out', () => {
  const outcome = {
    points: new Map([
      ['new', points([0.92, 0.82, 0.7])],
      ['old', points([0.9, 0.81, 0.67])],
    ]),
    testImages,
  };
  // Differences 0.02, 0.01 and 0.03: mean 0.02, deviation 0.01, half 4.302653 · 0.01 / √3.
  const [compared] = compareArms([asked], outcome);
  expect(compared).toMatchObject({ at: [1], verdict: 'unclear' });
  expect(compared?.difference).toBeCloseTo(0.02, 12);
  expect(compared?.low).toBeCloseTo(-0.0048414, 6);
  expect(compared?.high).toBeCloseTo(0.0448414, 6);
});

test('the clear difference is said, whichever way it goes, at the places that were asked', () => {
  const outcome = {
    points: new Map([
      ['new', points([0.5, 0.52, 0.51], [0.9, 0.92, 0.91])],
      ['old', points([0.5, 0.5, 0.52], [0.8, 0.82, 0.81])],
    ]),
    testImages,
  };
  const verdicts = (at?: [number]) =>
    [
      { ...asked, ...(at && { at }) },
      { arm: 'old', against: 'new', ...(at && { at }) },
    ].map((question) => compareArms([question], outcome)[0]?.verdict);
  expect(verdicts([1])).toEqual(['unclear', 'unclear']);
  expect(verdicts([2])).toEqual(['better', 'worse']);
  expect(compareArms([asked], outcome)[0]?.difference).toBeCloseTo(0.0516667, 6);
});

test('with more questions each needs more, so that all answers hold together', () => {
  const outcome = {
    points: new Map([
      ['new', points([0.92, 0.83, 0.73])],
      ['old', points([0.9, 0.8, 0.7])],
    ]),
    testImages,
  };
  // Differences 0.02, 0.03 and 0.03: deviation 0.0057735, half by 6.205347 / √3 instead of 4.302653 / √3.
  const [alone] = compareArms([asked], outcome);
  const [one, other] = compareArms([asked, { ...asked, at: [1] }], outcome);
  expect((alone?.high ?? 0) - (alone?.difference ?? 0)).toBeCloseTo(0.0143422, 6);
  expect((one?.high ?? 0) - (one?.difference ?? 0)).toBeCloseTo(0.0206845, 6);
  expect(other).toEqual(one);
});

test('one run shows no difference, and equal counts of few photos are not certain', () => {
  const of = (values: readonly number[], images: number) => ({
    points: new Map([
      ['new', [pointOf(1, values, images)]],
      [
        'old',
        [
          pointOf(
            1,
            values.map((value) => value - 0.1),
            images,
          ),
        ],
      ],
    ]),
    testImages: images,
  });
  expect(compareArms([asked], of([0.9], 10))[0]).toMatchObject({ verdict: 'unclear', low: -1, high: 1 });
  expect(pointOf(1, [0.9], 10)).toMatchObject({ mean: 0.9, low: 0.9, high: 0.9 });
  // One photo of ten each time: rounding alone makes 1 / (10 √6) of it, so that half is 0.1014.
  expect(compareArms([asked], of([0.9, 0.9, 0.9], 10))[0]?.verdict).toBe('unclear');
  expect(compareArms([asked], of([0.9, 0.9, 0.9], 1000))[0]?.verdict).toBe('better');
});
