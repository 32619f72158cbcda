import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engineEnvironment, hasGpuRuntime } from './engine-environment.ts';

let packages: string;
beforeEach(() => {
  packages = mkdtempSync(join(tmpdir(), 'scenelab-packages-'));
  mkdirSync(join(packages, '@tensorflow/tfjs-node/deps/lib'), { recursive: true });
});
afterEach(() => rmSync(packages, { recursive: true }));

const environment = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}, useGpu = true) =>
  engineEnvironment({ packages, useGpu, platform, env });
const lib = () => join(packages, '@tensorflow/tfjs-node/deps/lib');

test.each([
  ['linux', 'LD_LIBRARY_PATH'],
  ['darwin', 'DYLD_LIBRARY_PATH'],
  ['win32', 'PATH'],
] as const)('on %s TensorFlow’s libraries are first in %s', (platform, name) => {
  expect(environment(platform)[name]).toBe(lib());
  expect(environment(platform, { [name]: '/others' })[name]).toBe(`${lib()}${delimiter}/others`);
});

test('those for the GPU come first, with CUDA’s', () => {
  const gpu = join(packages, '@tensorflow/tfjs-node-gpu/deps');
  for (const folder of ['lib', 'nvidia/cudnn/lib']) mkdirSync(join(gpu, folder), { recursive: true });
  expect(environment('linux')['LD_LIBRARY_PATH']?.split(delimiter)).toEqual([
    join(gpu, 'lib'),
    join(gpu, 'nvidia/cudnn/lib'),
    lib(),
  ]);
});

test('without libraries the path stays as it is', () => {
  rmSync(lib(), { recursive: true });
  expect(environment('linux', { LD_LIBRARY_PATH: '/others' })).not.toHaveProperty('LD_LIBRARY_PATH');
});

test('a GPU that is not to be used is hidden; one that is does not lose all its memory', () => {
  expect(environment('linux', {}, false)['CUDA_VISIBLE_DEVICES']).toBe('');
  expect(environment('linux')).not.toHaveProperty('CUDA_VISIBLE_DEVICES');
  expect(environment('linux')['TF_FORCE_GPU_ALLOW_GROWTH']).toBe('true');
});

test('there is a GPU to choose only where its binding is', () => {
  expect(hasGpuRuntime(packages)).toBe(false);
  const folder = join(packages, '@tensorflow/tfjs-node-gpu/lib/napi-v8');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tfjs_binding.node'), '');
  expect(hasGpuRuntime(packages)).toBe(true);
});
