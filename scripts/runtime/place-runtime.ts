import { copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Libraries } from './fetch-libraries.ts';
import { runProgram } from './run-program.ts';
import { bindingIn, tfjsPackage } from './tfjs-package.ts';

/** Puts the binding into tfjs-node (the library path in it starts there) and a link to the libraries beside it. */
export async function placeRuntime(libraries: Libraries, binding: string, gpu: boolean): Promise<void> {
  const folder = tfjsPackage(gpu);
  await rm(join(folder, 'deps'), { recursive: true, force: true });
  await mkdir(join(folder, 'deps'));
  await symlink(join(libraries.folder, 'lib'), join(folder, 'deps/lib'));
  const place = bindingIn(folder);
  await mkdir(dirname(place), { recursive: true });
  await copyFile(binding, place);
}

/** Loads tfjs-node in a process of its own and computes something. The two functions are ones that Node 23 removed. */
const trial = `
const util = require('util');
util.isNullOrUndefined = (value) => value == null;
util.isArray = Array.isArray;
const tf = require(process.argv[1]);
if (tf.tensor1d([1, 2]).square().dataSync()[1] !== 4) throw new Error('2 × 2 is not 4');
console.log(tf.backend().binding.TF_Version);
`;

/** Version of the native TensorFlow that loads and computes here, or null. */
export async function loadedVersion(gpu: boolean): Promise<string | null> {
  try {
    const env = { TF_CPP_MIN_LOG_LEVEL: '3' };
    const options = { env, timeout: 120_000 };
    return (await runProgram(process.execPath, ['-e', trial, tfjsPackage(gpu)], options)).trim();
  } catch {
    return null;
  }
}
