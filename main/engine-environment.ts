import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where native TensorFlow's packages put their libraries, those for the GPU first. */
const libraries = ['@tensorflow/tfjs-node-gpu/deps', '@tensorflow/tfjs-node/deps'];
/** What each system calls the list of folders in which it looks for libraries. */
const libraryPath: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'LD_LIBRARY_PATH',
  darwin: 'DYLD_LIBRARY_PATH',
  win32: 'PATH',
};

interface Choice {
  /** `node_modules` of the app, outside of its archive. */
  packages: string;
  useGpu: boolean;
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
}

/** Whether TensorFlow's package for the GPU has its binding, so that there is something to choose. */
export function hasGpuRuntime(packages: string): boolean {
  return existsSync(join(packages, '@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node'));
}

/**
 * The device and the library paths that the engine is started with. They have to be there before the process is: the
 * system's loader and CUDA read them once.
 */
export function engineEnvironment({
  packages,
  useGpu,
  platform = process.platform,
  env = process.env,
}: Choice): Record<string, string> {
  const folders = libraries
    .flatMap((place) =>
      ['lib', 'nvidia/*/lib', 'nvidia/*/bin'].map((folder) => join(packages, place, folder)),
    )
    .flatMap((pattern) => globSync(pattern));
  const name = libraryPath[platform];
  const before = name === undefined ? undefined : env[name];
  return {
    ...(name !== undefined && folders.length > 0
      ? { [name]: [...folders, ...(before ? [before] : [])].join(delimiter) }
      : {}),
    // TensorFlow would take all of the GPU's memory, which shows the windows too.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...(useGpu ? {} : { CUDA_VISIBLE_DEVICES: '' }),
  };
}
