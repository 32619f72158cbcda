import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { importPhotos, openLibrary, startCompute, trainModel, TrainInput, ImportInput } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-index-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('as a library: photos in, a judged model out', async () => {
  using library = openLibrary(join(folder, 'sample.scenelab'), { create: true });
  const project = library.folder;
  const folders = [fileURLToPath(new URL('../assets/sample', import.meta.url))];
  const imported = await result(importPhotos(library, ImportInput.parse({ project, folders })));
  expect(imported.skipped).toEqual([]);
  const compute = startCompute();
  const { signal } = new AbortController();
  const input = TrainInput.parse({ project, preset: 'quick' });
  const trained = await result(trainModel(compute, library, input, { signal }));
  await compute.close();
  expect(trained.test.accuracy).toBeGreaterThan(trained.baseline.accuracy);
});

test('the engine loads no TensorFlow on its main thread', () => {
  const program = `
    import { createRequire } from 'node:module';
    await import(${JSON.stringify(new URL('./router.ts', import.meta.url).href)});
    console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('tfjs')).length);`;
  const node = [process.execPath, ['--input-type=module', '--eval', program]] as const;
  expect(execFileSync(...node, { encoding: 'utf8', stdio: 'pipe', cwd: import.meta.dirname })).toBe('0\n');
});

async function result<R>(events: AsyncGenerator<unknown, R, void>): Promise<R> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
  }
}
