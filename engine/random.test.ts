import { describe, expect, test } from 'vitest';
import { randomFor, shuffled } from './random.ts';

const first = (count: number, ...parts: (string | number)[]) => {
  const random = randomFor(...parts);
  return Array.from({ length: count }, random);
};

describe('randomFor', () => {
  test('gives the same sequence for the same parts', () => {
    expect(first(5, 7, 'flip', 'ab')).toEqual(first(5, 7, 'flip', 'ab'));
  });

  test('tells parts apart that read alike when joined', () => {
    expect(first(1, 1, 23)).not.toEqual(first(1, 12, 3));
    expect(first(1, 'a', 'b')).not.toEqual(first(1, 'ab'));
    expect(first(1, 1)).not.toEqual(first(1, '1'));
  });

  test('is uniform in [0, 1)', () => {
    const bins = new Array<number>(10).fill(0);
    for (const value of first(100_000, 'uniform'))
      bins[Math.floor(value * 10)] = (bins[Math.floor(value * 10)] ?? 0) + 1;
    // Chi-squared with 9 degrees of freedom: above 27.9 once in a thousand.
    const chi = bins.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chi).toBeLessThan(27.9);
  });

  test('first values of neighbouring seeds are uncorrelated', () => {
    const values = Array.from({ length: 10_000 }, (_, seed) => first(1, seed)[0] ?? 0);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const lagged = values.slice(1).reduce((sum, v, i) => sum + (v - mean) * ((values[i] ?? 0) - mean), 0);
    expect(Math.abs(lagged / values.length) * 12).toBeLessThan(0.04);
  });
});

describe('shuffled', () => {
  test('keeps every number once', () => {
    expect([...shuffled(100, randomFor('order'))].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
  });

  test('gives every order equally often', () => {
    const random = randomFor('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled(3, random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});
