import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Libraries } from './fetch-libraries.ts';
import { withLock } from './lock.ts';
import { findPython, pip } from './python.ts';
import { answers, runProgram } from './run-program.ts';
import { packageFolder, tfjsPackage } from './tfjs-package.ts';

/** As pip names it: a C++ compiler for machines that have none. */
const compilerPackage = 'ziglang==0.15.1';

/** Compiles tfjs-node's binding against these libraries, once per machine, and says where it is. */
export async function compileBinding(libraries: Libraries, gpu: boolean): Promise<string> {
  const source = tfjsPackage(gpu);
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string };
  const name = `tfjs_binding-${version}.node`;
  return withLock(`${libraries.folder}.lock`, async () => {
    const made = await readdir(libraries.folder);
    if (!made.includes(name)) {
      const output = join(libraries.folder, `${name}.partial`);
      await compile(source, libraries.folder, output);
      await rename(output, join(libraries.folder, name));
    }
    return join(libraries.folder, name);
  });
}

async function compile(source: string, libraries: string, output: string): Promise<void> {
  const headers = packageFolder('node-api-headers');
  if (!headers)
    throw new Error('npm left node-api-headers out, without which the binding can not be compiled');
  const files = (await readdir(join(source, 'binding'))).filter((name) => name.endsWith('.cc'));
  const mac = process.platform === 'darwin';
  await withCompiler(libraries, (command, first, env) =>
    runProgram(
      command,
      [
        ...first,
        ...['-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8'],
        ...(mac ? ['-undefined', 'dynamic_lookup'] : []),
        ...[`-I${join(libraries, 'include')}`, `-I${join(headers, 'include')}`],
        ...files.map((name) => join(source, 'binding', name)),
        ...['-o', output, `-L${join(libraries, 'lib')}`, '-ltensorflow', '-ltensorflow_framework'],
        `-Wl,-rpath,${mac ? '@loader_path' : '$ORIGIN'}/../../deps/lib`,
      ],
      { env },
    ),
  );
}

type UseCompiler = (command: string, first: string[], env: Record<string, string>) => Promise<unknown>;

/** Uses the machine's C++ compiler, or else one from Python's package index, which goes again afterwards (400 MB). */
async function withCompiler(folder: string, use: UseCompiler): Promise<void> {
  for (const command of ['g++', 'c++', 'clang++'])
    if (await answers(command, ['--version'])) {
      console.log(`Compiling tfjs-node's binding with ${command} …`);
      await use(command, [], {});
      return;
    }
  const target = `${folder}-compiler`;
  const python = await findPython();
  console.log(`There is no C++ compiler; fetching ${compilerPackage} with pip …`);
  await pip(python, 'install', ['--upgrade', '--target', target, compilerPackage]);
  console.log("Compiling tfjs-node's binding with it; this takes a minute or two …");
  await use(join(target, 'ziglang/zig'), ['c++'], { ZIG_GLOBAL_CACHE_DIR: join(target, 'cache') });
  await rm(target, { recursive: true });
}
