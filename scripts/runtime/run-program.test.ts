import { expect, test } from 'vitest';
import { answers, runProgram } from './run-program.ts';

test('a program gives what it wrote', async () => {
  expect(await runProgram(process.execPath, ['-p', '1 + 1'])).toBe('2\n');
});

test('a program that fails says its last words', async () => {
  const failing = ['-e', 'console.error("first"); console.error("last"); process.exit(3)'];
  await expect(runProgram(process.execPath, failing)).rejects.toThrow('last');
});

test('a program that is not there does not answer', async () => {
  expect(await answers('no-such-program-here', [])).toBe(false);
  expect(await answers(process.execPath, ['--version'])).toBe(true);
});
