import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ScenelabError } from '../../contract/index.ts';
import { forkEngine, type EngineChild } from './fork-engine.ts';
import { startEngine, type EngineProcess } from './spawn.ts';

const sample = fileURLToPath(new URL('../../assets/sample', import.meta.url));
let folder: string;
let child: EngineChild;
let engine: EngineProcess;
const running: EngineProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenelab-spawn-'));
  engine = start();
});
afterEach(() => Promise.all(running.splice(1).map((each) => each.stop())));
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true });
});

function start(): EngineProcess {
  const env = { SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') };
  const started = startEngine({ env, start: (...how) => (child = forkEngine(...how)) });
  running.push(started);
  return started;
}

test('a call brings its result from another process', { tags: ['native'] }, async () => {
  const report = await engine.client.doctor();
  expect(report.runtime.kind).toBe('native');
  expect(report.folders[0]?.path).toBe(join(folder, 'data/projects'));
});

test('an expected failure arrives with its code and words', async () => {
  const failure = await engine.client
    .undo({ project: join(folder, 'none') })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ScenelabError);
  expect(failure).toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('There is no project'),
  });
});

test('a stream yields events, then its result; a failure in it is coded too', async () => {
  const project = join(folder, 'sample.scenelab');
  const stream = await engine.client.importPhotos({ project, folders: [sample] });
  const kinds = new Set<string>();
  let step = await stream.next();
  for (; !step.done; step = await stream.next()) kinds.add(step.value.kind);
  expect([...kinds]).toEqual(['progress']);
  expect(Object.keys(step.value.labels).length).toBeGreaterThan(1);
  const failing = await engine.client.importPhotos({ project, folders: [join(folder, 'none')] });
  await expect(failing.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a call that is not of the contract is wrong usage', async () => {
  const call = engine.client.predictPhotos({ model: 'm', paths: [] });
  await expect(call).rejects.toMatchObject({ code: 'USAGE' });
});

test('a stream that is aborted ends in the engine, which goes on serving', async () => {
  const project = join(folder, 'aborted.scenelab');
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const stream = await engine.client.importPhotos({ project, folders: [sample] }, options);
  await stream.next();
  controller.abort();
  await expect(stream.next()).rejects.toThrow();
  await expect(engine.client.undo({ project: join(folder, 'none') })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('when the engine is killed, calls in flight and later ones say so', async () => {
  const killed = start();
  const call = killed.client.doctor();
  child.kill();
  await expect(call).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    message: expect.stringContaining('SIGKILL'),
  });
  expect(await killed.exited).toMatchObject({ code: 'OUT_OF_MEMORY' });
  await expect(killed.client.doctor()).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
});

test('an engine that is stopped in the middle of an import keeps what it had and ends by itself', async () => {
  const stopped = start();
  const kill = vi.spyOn(child, 'kill');
  const photos = join(folder, 'photos');
  cpSync(sample, photos, { recursive: true });
  const project = join(folder, 'stopped.scenelab');
  const stream = await stopped.client.importPhotos({ project, folders: [photos] });
  for await (const event of stream)
    if (event.kind === 'progress' && event.stage === 'import' && event.done > 5) break;
  await stopped.stop();
  expect(kill).not.toHaveBeenCalled();
  expect(await stopped.exited).toBe(null);
  const again = await engine.client.importPhotos({ project, folders: [photos] });
  let step = await again.next();
  while (!step.done) step = await again.next();
  expect(step.value.unchanged).toBeGreaterThan(5);
});

test.each([0, 1500])('an engine whose parent dies after %i ms ends too', (age) => {
  const entry = JSON.stringify(fileURLToPath(new URL('./entry.ts', import.meta.url)));
  const program = `
    require('node:child_process').fork(${entry}, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${age});`;
  // Waits until the pipe is closed by all who hold it, so also by the engine.
  const { error, signal } = spawnSync(process.execPath, ['--eval', program], { timeout: 60_000 });
  expect([error, signal]).toEqual([undefined, 'SIGKILL']);
});
