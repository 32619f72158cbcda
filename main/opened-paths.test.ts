import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openedPaths } from './opened-paths.ts';

const cwd = mkdtempSync(join(tmpdir(), 'scenelab-opened-'));
const beach = join(cwd, 'beach');
const project = join(cwd, 'My scenes.scenelab');
beforeAll(() => {
  for (const folder of [beach, project]) mkdirSync(folder);
  writeFileSync(join(cwd, 'program'), '');
});
afterAll(() => rmSync(cwd, { recursive: true }));

test('packed: all that exists after the program, relative paths from where it was started', () => {
  const argv = [join(cwd, 'program'), '--no-sandbox', 'beach', project, 'gone', '--flag=beach'];
  expect(openedPaths(argv, { cwd, app: null })).toEqual([beach, project]);
});

test('from the repository: what comes after the app’s own folder', () => {
  const argv = [join(cwd, 'program'), '--inspect=0', '-r', join(cwd, 'program'), '.', 'beach'];
  expect(openedPaths(argv, { cwd, app: cwd })).toEqual([beach]);
});

test('nothing when the app’s folder is not among the arguments', () => {
  expect(openedPaths([join(cwd, 'program'), 'beach'], { cwd, app: '/elsewhere' })).toEqual([]);
});
