import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EngineSupervisor } from '../engine/engine-supervisor.ts';
import { startEngine } from '../engine/spawn.ts';
import { watchWork } from './watch-work.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-watch-'));
const quit = new AbortController();
let supervisor: EngineSupervisor;
beforeAll(() => {
  const env = { SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') };
  supervisor = new EngineSupervisor(() => startEngine({ env }));
});
afterAll(async () => {
  quit.abort();
  await supervisor.stop();
  rmSync(folder, { recursive: true });
});

test('work on the open project is told of until it has ended', async () => {
  const { client } = await supervisor.running();
  const { project } = await client.createProject({ name: 'Sample' });
  const told: string[] = [];
  const { promise: idle, resolve } = Promise.withResolvers<void>();
  const listener = {
    working: (fraction: number | null) => {
      if (fraction !== null) expect(fraction).toBeLessThanOrEqual(1);
      if (told.at(-1) !== 'working') told.push('working');
    },
    ended: (job: { kind: string }, { state }: { state: string }) => void told.push(`${job.kind} ${state}`),
    idle: () => {
      told.push('idle');
      resolve();
    },
  };
  const { folders } = await client.samplePhotos();
  await client.startImport({ project, folders });
  const watching = watchWork(supervisor, () => project, listener, quit.signal);
  await idle;
  expect(told).toEqual(['working', 'import done', 'idle']);
  quit.abort();
  await watching;
});
