import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../engine/folders.ts';
import { withLock } from './lock.ts';
import { findPython, pip } from './python.ts';
import { answers, runProgram } from './run-program.ts';
import { packageFolder, tfjsPackage } from './tfjs-package.ts';
import type { Libraries } from './fetch-libraries.ts';

/** As pip names it: a C++ compiler for machines that have none. */
const compilerPackage = 'ziglang==0.15.1';

/** Compiles tfjs-node's binding against these libraries, once per machine, and says where it is. */
export async function compileBinding(libraries: Libraries, gpu: boolean): Promise<string> {
  const source = tfjsPackage(gpu);
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const binding = join(libraries.folder, `tfjs_binding-${version}.node`);
  return withLock(`${libraries.folder}.lock`, async () => {
    const made = await readdir(libraries.folder);
    if (made.includes(`tfjs_binding-${version}.node`)) return binding;
    const headers = packageFolder('node-api-headers');
    if (!headers)
      throw new Error('npm left node-api-headers out, without which the binding can not be compiled');
    const [command, ...first] = await findCompiler();
    console.log(`Compiling tfjs-node's binding with ${[command, ...first].join(' ')} …`);
    const files = (await readdir(join(source, 'binding'))).filter((name) => name.endsWith('.cc'));
    const output = `${binding}.${process.pid}`;
    await runProgram(command, [
      ...first,
      ...['-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8'],
      ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
      `-I${join(libraries.folder, 'include')}`,
      `-I${join(headers, 'include')}`,
      ...files.map((name) => join(source, 'binding', name)),
      ...['-o', output, `-L${join(libraries.folder, 'lib')}`, '-ltensorflow', '-ltensorflow_framework'],
      `-Wl,-rpath,${process.platform === 'darwin' ? '@loader_path' : '$ORIGIN'}/../../deps/lib`,
    ]);
    await rename(output, binding);
    return binding;
  });
}

async function findCompiler(): Promise<[string, ...string[]]> {
  for (const name of ['g++', 'c++', 'clang++']) if (await answers(name, ['--version'])) return [name];
  const python = await findPython();
  const target = join(cacheFolder(), compilerPackage.replace('==', '-'));
  const program = join(target, 'ziglang', process.platform === 'win32' ? 'zig.exe' : 'zig');
  if (!(await answers(program, ['version']))) {
    console.log(`There is no C++ compiler; fetching ${compilerPackage} with pip …`);
    await pip(python, 'install', ['--upgrade', '--target', target, compilerPackage]);
  }
  return [program, 'c++'];
}
