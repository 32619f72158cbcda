import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectedSeconds, noteTrainingSpeed } from './training-speed.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'scenelab-speed-'));
  vi.stubEnv('SCENELAB_DATA', data);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true });
});

test('before the first training nothing is claimed', () => {
  expect(expectedSeconds('quick', 'CPU', 100)).toBeNull();
});

test('the next training is expected to go as fast as the last, photo for photo', () => {
  noteTrainingSpeed('quick', 'CPU', 100, 20);
  noteTrainingSpeed('quick', 'CPU', 100, 10);
  expect(expectedSeconds('quick', 'CPU', 300)).toBe(30);
});

test('another preset or device is another speed', () => {
  noteTrainingSpeed('quick', 'CPU', 100, 10);
  expect(expectedSeconds('balanced', 'CPU', 100)).toBeNull();
  expect(expectedSeconds('quick', 'GPU', 100)).toBeNull();
});

test('a damaged note is no note', () => {
  writeFileSync(join(data, 'training-speed.json'), '{');
  expect(expectedSeconds('quick', 'CPU', 100)).toBeNull();
  noteTrainingSpeed('quick', 'CPU', 10, 10);
  expect(expectedSeconds('quick', 'CPU', 1)).toBe(1);
});
