import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OpenProjects } from './open-projects.ts';
import { clearCaches, readStorage } from './storage.ts';

let place: string;
let projects: OpenProjects;
let project: string;
const write = (path: string, bytes: number) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.alloc(bytes));
};
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'scenelab-storage-'));
  vi.stubEnv('SCENELAB_DATA', join(place, 'data'));
  vi.stubEnv('SCENELAB_CACHE', join(place, 'cache'));
  projects = new OpenProjects();
  ({ project } = projects.create('Holiday'));
  write(join(project, 'features/lite0/rows.f16'), 5000);
  write(join(project, 'runs/1/model.bin'), 300);
  write(join(place, 'data/lab/lenet-5/network.checkpoint'), 40);
  write(join(place, 'cache/previews/a.jpg'), 70);
  write(join(place, 'cache/tensorflow-2.21.0/lib/libtensorflow.so'), 900);
});
afterEach(() => {
  projects[Symbol.dispose]();
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

test('says how much each project takes up and how much of that is cache', async () => {
  const report = await readStorage();
  expect(report).toMatchObject({
    projects: [{ project, name: 'Holiday', cacheBytes: 5000 }],
    cacheBytes: 70,
    runtimeBytes: 900,
    backboneBytes: 0,
    labBytes: 40,
  });
  expect(report.projects[0]?.bytes).toBeGreaterThan(5300);
});

test('clearing a project takes its features and leaves its models, the libraries and what others share', async () => {
  expect(await clearCaches([project], false)).toBe(5000);
  expect(existsSync(join(project, 'runs/1/model.bin'))).toBe(true);
  expect(existsSync(join(place, 'cache/previews/a.jpg'))).toBe(true);
  expect((await readStorage()).projects[0]?.cacheBytes).toBe(0);
});

test('clearing what is shared leaves TensorFlow, which runs', async () => {
  expect(await clearCaches([], true)).toBe(70);
  expect(await readStorage()).toMatchObject({ cacheBytes: 0, runtimeBytes: 900 });
});
