import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectedSeconds, isSpeedKnown, notePass, noteTrainingSpeed } from './training-speed.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'scenelab-speed-'));
  vi.stubEnv('SCENELAB_DATA', data);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true });
});

test('of a machine that was never measured nothing is claimed', () => {
  expect(isSpeedKnown('CPU')).toBe(false);
  expect(expectedSeconds('quick', 'CPU', 100)).toBeNull();
});

test('before the first training a forward pass says what to expect, more of the more thorough presets', () => {
  notePass('CPU', 0.01);
  expect(isSpeedKnown('CPU')).toBe(true);
  expect(expectedSeconds('quick', 'CPU', 100)).toBeCloseTo(3);
  expect(expectedSeconds('balanced', 'CPU', 100)).toBeCloseTo(14);
  expect(expectedSeconds('thorough', 'CPU', 100)).toBeCloseTo(60);
});

test('the next training is expected to go as fast as the last, photo for photo', () => {
  noteTrainingSpeed('quick', 'CPU', 100, 20);
  noteTrainingSpeed('quick', 'CPU', 100, 10);
  expect(expectedSeconds('quick', 'CPU', 300)).toBe(30);
});

test('a training says more than a pass, of other presets too; another device is another speed', () => {
  notePass('CPU', 1);
  noteTrainingSpeed('quick', 'CPU', 100, 3);
  expect(expectedSeconds('quick', 'CPU', 100)).toBeCloseTo(3);
  expect(expectedSeconds('balanced', 'CPU', 100)).toBeCloseTo(14);
  expect(expectedSeconds('quick', 'GPU', 100)).toBeNull();
});

test('a damaged note is no note', () => {
  writeFileSync(join(data, 'training-speed.json'), '{');
  expect(expectedSeconds('quick', 'CPU', 100)).toBeNull();
  noteTrainingSpeed('quick', 'CPU', 10, 10);
  expect(expectedSeconds('quick', 'CPU', 1)).toBe(1);
});
