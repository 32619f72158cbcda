import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFeatureCache } from './feature-cache.ts';
import { trimCaches } from './trim-caches.ts';

const id = 'a1'.repeat(32);
/** A row of float16 and its record. */
const cacheBytes = 2 * 1000 + 40;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'trim-caches-'));
  for (const [age, name] of ['newest', 'middle', 'oldest'].entries()) {
    use(name);
    utimesSync(join(root, name), 1e9 - age, 1e9 - age);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

/** Opens a cache and writes its row if it isn't there. */
function use(name: string): void {
  using cache = openFeatureCache(join(root, name), 1000);
  if (!cache.has(id, 0)) cache.append(id, 0, new Float32Array(1000));
}

test('nothing is deleted within the budget', async () => {
  await trimCaches(root, [], 3 * cacheBytes);
  expect(readdirSync(root)).toHaveLength(3);
});

test('the cache opened longest ago goes first, and is made anew when it is needed again', async () => {
  use('oldest');
  await trimCaches(root, [], 2 * cacheBytes);
  expect(readdirSync(root).sort()).toEqual(['newest', 'oldest']);
  use('middle');
  expect(readdirSync(root)).toHaveLength(3);
});

test('what is in use stays, even beyond the budget', async () => {
  await trimCaches(root, [join(root, 'oldest')], 1);
  expect(readdirSync(root)).toEqual(['oldest']);
});
