import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLabel, labelPhotos } from '../library/index.ts';
import { storedPhotos, takePhotos, writePhoto } from '../library/photos-fixture.ts';
import { forgetProject } from './known-projects.ts';
import { OpenProjects } from './open-projects.ts';

let data: string;
let projects: OpenProjects;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'scenelab-projects-'));
  vi.stubEnv('SCENELAB_DATA', data);
  projects = new OpenProjects();
});
afterEach(() => {
  projects[Symbol.dispose]();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true });
});

async function filled(name: string) {
  const { project } = projects.create(name);
  for (const [seed, label] of ['sea', 'sea', 'wood'].entries())
    writePhoto(join(data, 'photos', label, `${seed}.bmp`), seed);
  await takePhotos(projects.library(project), [join(data, 'photos')]);
  return project;
}

test('a project says how many photos and labels it has, and what can be undone', async () => {
  const project = await filled('Holiday');
  expect(projects.summary(project)).toMatchObject({
    name: 'Holiday',
    photos: 3,
    unlabelled: 0,
    labels: [
      { name: 'sea', photos: 2 },
      { name: 'wood', photos: 1 },
    ],
    undo: 'Labels from folders',
    accuracy: null,
  });
});

test('names that are taken are numbered, and no name leads out of the folder of projects', () => {
  const folders = ['Norway', 'Norway', '../../evil', '.'].map((name) =>
    basename(projects.create(name).project),
  );
  expect(folders).toEqual(['Norway.scenelab', 'Norway 2.scenelab', 'evil.scenelab', 'Project.scenelab']);
});

test('the project opened last is the first of the recent ones, with a photo of each label to know it by', async () => {
  const first = await filled('First');
  projects.create('Second');
  expect(projects.recent().map(({ name }) => name)).toEqual(['Second', 'First']);
  projects.open(first);
  const [recent] = projects.recent();
  expect(recent).toMatchObject({ name: 'First', photos: 3, labels: ['sea', 'wood'], problem: null });
  const labels = storedPhotos(projects.library(first));
  expect(recent?.cover.slice(0, 2).map((id) => labels.find((photo) => photo.id === id)?.label)).toEqual([
    'sea',
    'wood',
  ]);
});

test('a project whose folder is gone says so, by its name, until it is taken off the list', () => {
  const { project } = projects.create('Gone');
  projects.rename(project, 'Norway 2024');
  // Still open here, as it is when a disk is pulled.
  rmSync(project, { recursive: true });
  expect(projects.recent()).toMatchObject([{ name: 'Norway 2024', problem: { code: 'NOT_FOUND' } }]);
  forgetProject(project);
  expect(projects.recent()).toEqual([]);
});

test('whoever watches a project hears that its folder was deleted or its disk pulled', async () => {
  const { project } = projects.create('Gone');
  const changes = projects.watch(project, undefined);
  await changes.next();
  rmSync(project, { recursive: true });
  await expect(changes.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a project that can not be read says why and stays as it is', () => {
  const { project } = projects.create('Torn');
  projects[Symbol.dispose]();
  for (const file of ['project.db-wal', 'project.db-shm']) rmSync(join(project, file), { force: true });
  writeFileSync(join(project, 'project.db'), 'no database');
  expect(projects.recent()).toMatchObject([{ problem: { code: 'PROJECT_CORRUPT' } }]);
});

test('another name is only a name: folder and address stay', async () => {
  const { project, key } = projects.create('Holiday');
  expect(projects.rename(project, 'Norway: fjords/2024')).toMatchObject({
    name: 'Norway: fjords/2024',
    project,
    key,
  });
  projects[Symbol.dispose]();
  expect(projects.recent()[0]?.name).toBe('Norway: fjords/2024');
});

test('deleting a project leaves the photos, and whatever else lies in its folder', async () => {
  const project = await filled('Holiday');
  writeFileSync(join(project, 'notes.txt'), 'mine');
  await projects.delete(project);
  expect(readdirSync(project)).toEqual(['notes.txt']);
  expect(existsSync(join(data, 'photos/sea/0.bmp'))).toBe(true);
  expect(projects.recent()).toEqual([]);

  const empty = projects.create('Empty').project;
  await projects.delete(empty);
  expect(existsSync(empty)).toBe(false);
});

test('a folder that is no project is not deleted', async () => {
  writeFileSync(join(data, 'photo.jpg'), 'mine');
  await expect(projects.delete(data)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(existsSync(join(data, 'photo.jpg'))).toBe(true);
});

test('who watches a project hears that it was deleted', async () => {
  const { project } = projects.create('Holiday');
  const changes = projects.watch(project, undefined);
  await changes.next();
  const next = changes.next();
  await projects.delete(project);
  await expect(next).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a key leads to its project, and to no other folder', () => {
  const { key, project } = projects.create('Norway');
  expect(projects.folderOf(key)).toBe(project);
  expect(() => projects.folderOf('0000000000000000')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('who watches a project hears its state, then every change, until they leave', async () => {
  const project = await filled('Holiday');
  const leave = new AbortController();
  const changes = projects.watch(project, leave.signal);
  expect((await changes.next()).value).toMatchObject({ summary: { photos: 3 }, labelled: null });

  createLabel(projects.library(project), 'fog');
  projects.changed(project);
  expect((await changes.next()).value).toMatchObject({ summary: { undo: 'Make fog' } });

  const photo = storedPhotos(projects.library(project))[0]?.id ?? '';
  labelPhotos(projects.library(project), [{ photo, label: 'fog' }]);
  projects.changed(project, [{ photo, label: 'fog' }]);
  expect((await changes.next()).value).toMatchObject({ labelled: [{ photo, label: 'fog' }] });

  leave.abort();
  await expect(changes.next()).rejects.toThrow();
});
