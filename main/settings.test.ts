import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings, writeSettings } from './settings.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'scenelab-settings-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const window = { x: 10, y: -20, width: 1280, height: 800, maximized: true };

test('what was written is read, and nothing else lies beside it', () => {
  const file = join(folder, 'window/settings.json');
  writeSettings(file, { window, useGpu: false });
  writeSettings(file, { window, useGpu: true });
  expect(readSettings(file)).toEqual({ window, useGpu: true });
  expect(readdirSync(join(folder, 'window'))).toEqual(['settings.json']);
});

test.each(['', '{', '[]', '{"window":{"x":"left"}}'])('a damaged file means the defaults: %s', (text) => {
  writeFileSync(join(folder, 'settings.json'), text);
  expect(readSettings(join(folder, 'settings.json'))).toEqual({ window: null, useGpu: true });
});

test('so does none', () => {
  expect(readSettings(join(folder, 'none.json'))).toEqual({ window: null, useGpu: true });
});
