import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The folders and files that the app was started with, as the system or a shell hands them over: what exists, without
 * switches. From the repository the arguments begin after the app's own folder; packed, after the program.
 */
export function openedPaths(
  argv: readonly string[],
  { cwd, app }: { cwd: string; app: string | null },
): string[] {
  const first = app === null ? 1 : argv.findIndex((argument) => resolve(cwd, argument) === resolve(app)) + 1;
  if (first === 0) return [];
  return argv
    .slice(first)
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => resolve(cwd, argument))
    .filter((path) => existsSync(path));
}
