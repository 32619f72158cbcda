import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectsFolder } from '../folders.ts';
import { findProject } from './find-project.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenelab-find-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a folder that holds a project, or is called one, is the project', () => {
  writeFileSync(join(folder, 'project.db'), '');
  expect(findProject(folder)).toEqual({ project: folder, photos: null });
  const named = join(folder, 'holiday.scenelab');
  expect(findProject(named)).toEqual({ project: named, photos: null });
});

test('a folder of photos always means the same project, and another folder of that name another one', () => {
  const [here, there] = ['a/beach', 'b/beach'].map((name) => join(folder, name));
  if (!here || !there) throw new Error('two folders');
  mkdirSync(here, { recursive: true });
  mkdirSync(there, { recursive: true });
  const found = findProject(here);
  expect(found).toEqual({ project: expect.stringMatching(/beach~[0-9a-f]{8}\.scenelab$/), photos: here });
  expect(found.project.startsWith(projectsFolder())).toBe(true);
  expect(findProject(`${here}/`)).toEqual(found);
  expect(findProject(there).project).not.toBe(found.project);
});

test('what is not there, or is a file, is said to be so', () => {
  expect(() => findProject(join(folder, 'nowhere'))).toThrow('There is no folder');
  writeFileSync(join(folder, 'file'), '');
  expect(() => findProject(join(folder, 'file'))).toThrow('is not a folder');
});
