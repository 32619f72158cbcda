import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCode } from './build-code.ts';

const out = mkdtempSync(join(tmpdir(), 'scenelab-code-'));
const read = (file: string) => readFileSync(join(out, file), 'utf8');
beforeAll(() => buildCode(join(import.meta.dirname, '..'), out));
afterAll(() => rmSync(out, { recursive: true }));

test('every file between the main process and the engine is there; tests are not', () => {
  const built = globSync('**/*', { cwd: out });
  expect(built).toEqual(
    expect.arrayContaining(['main/main.js', 'engine/process/entry.js', 'cli/scenelab.js']),
  );
  expect(built.filter((file) => /\.ts$|\.test\.|-fixture/.test(file))).toEqual([]);
});

test('no path leads to a source, be it imported or started as a thread or process', () => {
  const sources = globSync('**/*.js', { cwd: out }).filter((file) =>
    /['"]\.{1,2}\/.*\.ts['"]/.test(read(file)),
  );
  expect(sources).toEqual([]);
  expect(read('engine/start-compute.js')).toContain(`new URL('./compute.js'`);
});

test('lines stay where they are in the source', () => {
  const source = readFileSync(join(import.meta.dirname, '../engine/process/spawn.ts'), 'utf8').split('\n');
  const line = source.findIndex((text) => text.includes('function startEngine'));
  expect(read('engine/process/spawn.js').split('\n')[line]).toContain('function startEngine');
});
