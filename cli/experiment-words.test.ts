import { expect, test } from 'vitest';
import type { ArmComparison, ExperimentResult } from '../contract/index.ts';
import { dotChart } from './dot-chart.ts';
import { experimentWords } from './experiment-words.ts';

const point = (x: number, mean: number) => ({
  x,
  mean,
  low: mean - 0.01,
  high: mean + 0.01,
  values: [mean, mean],
});
const asked = { arm: 'max-pooling', against: 'stride', at: [300, 1000] };

function result(comparison: Pick<ArmComparison, 'difference' | 'low' | 'high' | 'verdict'>, seeds = 3) {
  return {
    ...{ id: 'pooling-or-stride', seeds, full: false, photos: null, axis: 'training-digits' },
    values: [300, 1000],
    arms: [
      { id: 'stride', network: null, points: [point(300, 0.8), point(1000, 0.9)] },
      { id: 'max-pooling', network: null, points: [point(300, 0.85), point(1000, 0.925)] },
    ],
    comparisons: [{ ...asked, ...comparison }],
    ...{ data: 'MNIST', classes: 10, testImages: 10_000, ranAt: '', seconds: 70, device: 'two cores' },
  } satisfies ExperimentResult;
}

test('the difference that runs show is said, with the side that is better first', () => {
  const better = experimentWords(result({ difference: 0.0375, low: 0.02, high: 0.055, verdict: 'better' }));
  expect(better).toContain(
    'On average: max pooling is right more often than stride, by 3.8 points (2.0 to 5.5).',
  );
  const worse = experimentWords(result({ difference: -0.0375, low: -0.055, high: -0.02, verdict: 'worse' }));
  expect(worse).toContain(
    'On average: stride is right more often than max pooling, by 3.8 points (2.0 to 5.5).',
  );
  expect(better).toContain('3 runs of each side on MNIST, judged by 10,000 digits; 1 min 10 s on two cores.');
});

test('where they show none, that is said', () => {
  const unclear = experimentWords(result({ difference: 0.01, low: -0.005, high: 0.025, verdict: 'unclear' }));
  expect(unclear).toContain(
    'On average: no difference between max pooling and stride that these 3 runs can show (−0.5 to 2.5 points).',
  );
  const alone = experimentWords(result({ difference: 0.01, low: -1, high: 1, verdict: 'unclear' }, 1));
  expect(alone).toContain('On average: one run of each side can show no difference.');
});

test('every figure stands in a table', () => {
  const words = experimentWords(result({ difference: 0.01, low: -0.005, high: 0.025, verdict: 'unclear' }));
  expect(words).toContain('digits to learn from              stride         max pooling');
  expect(words).toContain('1,000                 90.0 % (89.0–91.0)  92.5 % (91.5–93.5)');
});

test('a chart has a mark for each mean, from the lowest tenth to all', () => {
  const lines = dotChart(
    [
      { name: 'a', means: [0.5, 0.75] },
      { name: 'b', means: [1, 0.75] },
    ],
    ['1', '20'],
  );
  expect(lines[0]).toBe(` 1  o${'·'.repeat(58)}x`);
  expect(lines[1]).toBe(`20  ${'·'.repeat(30)}o${'·'.repeat(29)}`);
  expect(lines.slice(2)).toEqual([`    50.0 %${' '.repeat(49)}100 %`, '    o a   x b']);
});
