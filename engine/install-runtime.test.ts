import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gpuObstacle, installRuntime } from './install-runtime.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'scenelab-install-'));
  vi.stubEnv('SCENELAB_CACHE', cache);
  // The installer's own way to do nothing.
  vi.stubEnv('SCENELAB_RUNTIME', 'portable');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

test('without an NVIDIA GPU, or on another system, the GPU runtime is refused with the reason', () => {
  expect(gpuObstacle('linux', 'x64', join(cache, 'nowhere'))).toMatch(/No NVIDIA GPU/);
  expect(gpuObstacle('darwin', 'arm64', cache)).toMatch(/Linux on x64 alone/);
  expect(gpuObstacle('linux', 'x64', cache)).toBeNull();
});

test('the installer’s last words are the result, and its temporary folder is gone', async () => {
  const events = installRuntime({ gpu: false }, new AbortController().signal);
  for (;;) {
    const { done, value } = await events.next();
    if (!done) continue;
    expect(value.said).toMatch(/portable runtime/);
    break;
  }
  expect(existsSync(join(cache, 'installing'))).toBe(false);
});

test('cancelled, it ends at once and leaves nothing', async () => {
  const cancelled = new AbortController();
  cancelled.abort();
  await expect(installRuntime({ gpu: false }, cancelled.signal).next()).rejects.toThrow();
  expect(existsSync(join(cache, 'installing'))).toBe(false);
});
