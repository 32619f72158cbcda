import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Folder of an installed npm package, or null. */
export function packageFolder(name: string): string | null {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}

/** Folder of tfjs-node. Throws when npm left the package out. */
export function tfjsPackage(gpu: boolean): string {
  const name = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
  const folder = packageFolder(name);
  if (!folder) throw new Error(`npm left ${name} out`);
  return folder;
}

/** Where a package of tfjs-node has its binding. */
export const bindingIn = (folder: string): string => join(folder, 'lib/napi-v8/tfjs_binding.node');
