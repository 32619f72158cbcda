import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFeatureCache } from './feature-cache.ts';

const [a, b] = ['a1'.repeat(32), 'b2'.repeat(32)];
const one = Float32Array.of(1, -2.5, 0.125);
const two = Float32Array.of(4, 5, 6);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feature-cache-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A cache of two rows, closed again. */
function filled(): void {
  using cache = openFeatureCache(folder, 3);
  cache.append(a, 0, one);
  cache.append(b, 7, two);
}

describe('feature cache', () => {
  test('gives rows back in the order asked for, after it was opened again', () => {
    filled();
    using cache = openFeatureCache(folder, 3);
    expect(cache.row(a, 7)).toBeNull();
    expect([...cache.read([cache.row(b, 7) ?? -1, cache.row(a, 0) ?? -1])]).toEqual([...two, ...one]);
  });

  test.each([[-1], [2], [1, 2]])(
    'rows %j, not all of which are there, are refused, not made up',
    (...rows) => {
      filled();
      using cache = openFeatureCache(folder, 3);
      expect(() => cache.read(rows)).toThrow(expect.objectContaining({ code: 'NOT_READABLE' }));
    },
  );

  test('keeps float16: ten bits of fraction', () => {
    using cache = openFeatureCache(folder, 1);
    const third = cache.read([cache.append(a, 0, Float32Array.of(1 / 3))])[0] ?? 0;
    expect(third).not.toBe(Math.fround(1 / 3));
    expect(Math.abs(third - 1 / 3)).toBeLessThan(2 ** -12);
  });

  test('keeps float32 where that is asked for', () => {
    const values = Float32Array.of(1 / 3, -1e-20, 4e9);
    using cache = openFeatureCache(folder, 3, { precision: 'float32' });
    expect([...cache.read([cache.append(a, 0, values)])]).toEqual([...values]);
  });

  test('a row that was torn by a kill is dropped and the place used again', () => {
    filled();
    truncateSync(join(folder, 'rows.f16'), statSync(join(folder, 'rows.f16')).size - 1);
    using cache = openFeatureCache(folder, 3);
    expect(cache.size).toBe(1);
    expect([...cache.read([cache.append(b, 7, two)])]).toEqual([...two]);
  });

  test('a row without its record, or half of one, is dropped', () => {
    filled();
    appendFileSync(join(folder, 'rows.f16'), Buffer.alloc(6));
    appendFileSync(join(folder, 'rows.idx'), Buffer.alloc(11));
    using cache = openFeatureCache(folder, 3);
    expect(cache.size).toBe(2);
    cache.append(a, 1, two);
    expect([...cache.read([2])]).toEqual([...two]);
  });

  test.each(['rows.f16', 'rows.idx'])(
    'one changed bit in %s is found, and the row can be replaced',
    (file) => {
      filled();
      const bytes = readFileSync(join(folder, file));
      bytes.writeUInt8(bytes.readUInt8(2) ^ 4, 2);
      writeFileSync(join(folder, file), bytes);
      using cache = openFeatureCache(folder, 3);
      expect(cache.has(a, 0)).toBe(false);
      expect(cache.has(b, 7)).toBe(true);
      expect(() => cache.read([0])).toThrow(/damaged/);
      cache.append(a, 0, one);
      expect(cache.has(a, 0)).toBe(true);
      expect([...cache.read([cache.row(a, 0) ?? -1])]).toEqual([...one]);
    },
  );

  test('finds every row of many, and reads them in any order', () => {
    const ids = Array.from({ length: 300 }, (_, i) => (i + 1).toString(16).padStart(64, '0'));
    {
      using cache = openFeatureCache(folder, 2);
      for (const variant of [0, 1, 9])
        ids.forEach((id, i) => cache.append(id, variant, Float32Array.of(i, variant)));
    }
    using cache = openFeatureCache(folder, 2);
    const newest = cache.append(ids[7] ?? '', 9, Float32Array.of(7, 90));
    expect(cache.row(ids[7] ?? '', 9)).toBe(newest);
    const wanted = [0, 1, 2, 5, 299, 298, 8, 8, 100].map((i) => ({ id: ids[i] ?? '', i }));
    const rows = wanted.map(({ id }) => cache.row(id, 9) ?? -1);
    expect([...cache.read(rows)]).toEqual(wanted.flatMap(({ i }) => [i, 9]));
    expect(cache.row(ids[7] ?? '', 2)).toBeNull();
    expect(() => cache.read([0, 901])).toThrow(/damaged/);
  });

  test('a reader leaves the files alone', () => {
    filled();
    appendFileSync(join(folder, 'rows.f16'), Buffer.alloc(5));
    const before = readFileSync(join(folder, 'rows.f16'));
    openFeatureCache(folder, 3, { readOnly: true })[Symbol.dispose]();
    expect(readFileSync(join(folder, 'rows.f16'))).toEqual(before);
  });
});
