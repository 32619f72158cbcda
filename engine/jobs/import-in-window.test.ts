import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ImportInput, type JobEnd } from '../../contract/index.ts';
import { readSetting, writeSetting } from '../library/index.ts';
import { writePhoto } from '../library/photos-fixture.ts';
import { OpenProjects } from '../projects/index.ts';
import { resumeImport, startImport } from './import-in-window.ts';
import { Jobs } from './jobs.ts';

let data: string;
let projects: OpenProjects;
let project: string;
let input: ImportInput;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'scenelab-resume-'));
  vi.stubEnv('SCENELAB_DATA', data);
  projects = new OpenProjects();
  ({ project } = projects.create('Holiday'));
  for (let seed = 0; seed < 3; seed++) writePhoto(join(data, 'photos/sea', `${seed}.bmp`), seed);
  input = ImportInput.parse({ project, folders: [join(data, 'photos')] });
});
afterEach(() => {
  projects[Symbol.dispose]();
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true });
});

async function endOf(jobs: Jobs, id: string): Promise<JobEnd> {
  const events = jobs.follow(id, 0);
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
  }
}

/** As if an engine had been killed in the middle of this import. */
const leaveUnfinished = (attempts: number, pid = 2 ** 22 + 1) =>
  writeSetting(projects.library(project), 'import', JSON.stringify({ input, attempts, pid }));

test('an import that its engine did not survive goes on in the next one', async () => {
  leaveUnfinished(1);
  const jobs = new Jobs();
  const job = resumeImport(projects, jobs, project);
  expect(await endOf(jobs, job?.id ?? '')).toMatchObject({
    state: 'done',
    result: { imported: { imported: 3 } },
  });
  expect(resumeImport(projects, new Jobs(), project)).toBeNull();
});

test('an import that runs is given, not begun a second time', async () => {
  const jobs = new Jobs();
  const { id } = startImport(projects, jobs, input);
  expect(resumeImport(projects, jobs, project)?.id).toBe(id);
  await endOf(jobs, id);
});

test('an engine that leaves in order leaves its import to the next; a person who cancels does not', async () => {
  const leaving = new Jobs();
  startImport(projects, leaving, input);
  await leaving.cancelAll();
  expect(readSetting(projects.library(project), 'import')).not.toBeNull();

  const jobs = new Jobs();
  const job = resumeImport(projects, jobs, project);
  jobs.control(job?.id ?? '', 'cancel');
  await endOf(jobs, job?.id ?? '');
  expect(readSetting(projects.library(project), 'import')).toBeNull();
});

test('an import that another engine is at is left to it', () => {
  leaveUnfinished(1, process.ppid);
  expect(resumeImport(projects, new Jobs(), project)).toBeNull();
});

test('an import that ends the engine each time is given up, and said', () => {
  leaveUnfinished(3);
  expect(() => resumeImport(projects, new Jobs(), project)).toThrow(/has ended the engine 3 times/);
  expect(resumeImport(projects, new Jobs(), project)).toBeNull();
});

test('an import that failed for its own reason is over', async () => {
  const jobs = new Jobs();
  rmSync(join(data, 'photos'), { recursive: true });
  const { id } = startImport(projects, jobs, input);
  expect(await endOf(jobs, id)).toMatchObject({ state: 'failed', failure: { code: 'NOT_FOUND' } });
  expect(resumeImport(projects, jobs, project)).toBeNull();
});
