import { describe, expect, it } from 'vitest';
import { bytes, duration, percent, percentOf, plural, when } from './format.ts';

/** With plain spaces. */
const plain = (words: string) => words.replaceAll('\u00a0', ' ');

it('never parts a number from its unit', () => {
  expect([percent(1), bytes(3e6), duration(70)]).toEqual(['100\u00a0%', '3\u00a0MB', '1\u00a0min 10\u00a0s']);
});

describe('duration', () => {
  it.each([
    [0.2, '1 s'],
    [8.4, '8 s'],
    [23, '25 s'],
    [58, '1 min'],
    [68, '1 min 10 s'],
    [120, '2 min'],
    [899, '15 min'],
    [7500, '2 h 5 min'],
    [7200, '2 h'],
  ])('%d seconds read "%s"', (seconds, words) => expect(plain(duration(seconds))).toBe(words));
});

it('counts one photo and many photos', () => {
  expect(plural(1, 'photo')).toBe('1 photo');
  expect(plural(12_345, 'photo')).toBe('12,345 photos');
  expect(plural(2, 'copy', 'copies')).toBe('2 copies');
});

it('rounds a share to whole percent, but nearly all is not all and little is not nothing', () => {
  expect([0.886, 1, 0.997, 0.004, 0].map(percent).map(plain)).toEqual([
    '89 %',
    '100 %',
    '>99 %',
    '<1 %',
    '0 %',
  ]);
});

it('gives bytes in decimal units', () => {
  expect(plain(bytes(900))).toBe('900 bytes');
  expect(plain(bytes(3_400_000))).toBe('3.4 MB');
});

it('names recent days and dates older ones', () => {
  const now = new Date('2026-03-10T12:00:00').getTime();
  expect(when('2026-03-10T01:00:00', now)).toBe('today');
  expect(when('2026-03-09T23:00:00', now)).toBe('yesterday');
  expect(when('2026-02-01T12:00:00', now)).toBe('Feb 1, 2026');
});

it('shows hundredths of a percent where so many were counted', () => {
  expect(plain(percentOf(0.99273, 10_000))).toBe('99.27 %');
  expect(plain(percentOf(1, 10_000))).toBe('100.00 %');
  expect(plain(percentOf(10 / 14, 14))).toBe('71 %');
});
