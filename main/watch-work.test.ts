import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { startEngine } from '../engine/process/spawn.ts';
import { watchWork } from './watch-work.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-watch-'));
let supervisor: EngineSupervisor;
beforeAll(() => {
  const env = { SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') };
  supervisor = new EngineSupervisor(() => startEngine({ env }));
});
afterAll(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true });
});

/** Watches until the first work is over; what was told meanwhile. */
async function toldOf(
  openProject: string | null,
  further: (fraction: number) => void = () => undefined,
): Promise<string[]> {
  const quit = new AbortController();
  const told: string[] = [];
  const { promise: idle, resolve } = Promise.withResolvers<void>();
  const listener = {
    working: (fraction: number | null) => {
      if (fraction !== null) further(fraction);
      expect(fraction ?? 0).toBeLessThanOrEqual(1);
      if (told.at(-1) !== 'working') told.push('working');
    },
    ended: (job: { kind: string }, { state }: { state: string }) => void told.push(`${job.kind} ${state}`),
    idle: () => {
      told.push('idle');
      resolve();
    },
  };
  const watching = watchWork(supervisor, () => openProject, listener, quit.signal);
  await idle;
  quit.abort();
  await watching;
  return told;
}

test('work on the open project is told of until it has ended', async () => {
  const { client } = await supervisor.running();
  const { project } = await client.createProject({ name: 'Sample' });
  const { folders } = await client.samplePhotos();
  await client.startImport({ project, folders });
  expect(await toldOf(project)).toEqual(['working', 'import done', 'idle']);
});

test('work of the Lab is told of, whether or not a project is open', { tags: ['native'] }, async () => {
  const { client } = await supervisor.running();
  const settings = { epochs: 1, limit: 300 };
  await client.startLabTraining({ network: 'lenet-5', data: { kind: 'mnist' }, settings });
  expect(await toldOf(null)).toEqual(['working', 'lab done', 'idle']);
});

test('an experiment says how far it is, and can be broken off', { tags: ['native'] }, async () => {
  const { client } = await supervisor.running();
  const { id: job } = await client.startExperiment({ id: 'dense-or-convolutional', seeds: 1 });
  const told = await toldOf(null, () => void client.controlJob({ job, action: 'cancel' }));
  expect(told).toEqual(['working', 'experiment cancelled', 'idle']);
});
