import { expect, test } from 'vitest';
import { atMost, count, duration, percent, size, table } from './words.ts';

test('figures read as people write them', () => {
  expect(percent(0.9333)).toBe('93.3 %');
  expect([0.2, 8.4, 60, 72, 7200, 7500].map(duration)).toEqual([
    'under 1 s',
    '8 s',
    '1 min',
    '1 min 12 s',
    '2 h',
    '2 h 5 min',
  ]);
  expect([999, 1500, 273_800_000].map(size)).toEqual(['999 bytes', '1.5 kB', '274 MB']);
  expect([count(1, 'photo'), count(20_000, 'photo')]).toEqual(['1 photo', '20,000 photos']);
});

test('a table stands in columns', () => {
  expect(
    table([
      ['label', 'photos'],
      ['beach', '7'],
      ['city', '120'],
    ]),
  ).toBe('label  photos\nbeach       7\ncity      120');
});

test('a long list is cut, and what is left out is counted', () => {
  const lines = Array.from({ length: 1030 }, (_, i) => `  ${i}`);
  expect(atMost(lines.slice(0, 20))).toEqual(lines.slice(0, 20));
  expect(atMost(lines)).toEqual([...lines.slice(0, 20), '  and 1,010 more; --json lists all.']);
});
