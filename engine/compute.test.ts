// @module-tag native
import { execFileSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { startCompute } from './start-compute.ts';

const compute = startCompute();
afterAll(() => compute.close());

test('the compute thread says what it computes on', async () => {
  expect(await compute.call('describeRuntime', null)).toMatchObject({ kind: 'native', reason: '' });
});

test('a process that loaded TensorFlow in its compute thread ends well', () => {
  const program = `
    import { startCompute } from ${JSON.stringify(new URL('./start-compute.ts', import.meta.url).href)};
    const info = await startCompute().call('describeRuntime', null);
    console.log(info.kind);`;
  const node = [process.execPath, ['--input-type=module', '--eval', program]] as const;
  expect(execFileSync(...node, { encoding: 'utf8', stdio: 'pipe' })).toBe('native\n');
});
