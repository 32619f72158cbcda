import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DoctorReport } from '../contract/index.ts';
import { listBackbones } from './backbones/registry.ts';
import { doctor, weightsProblems } from './doctor.ts';
import { startCompute } from './start-compute.ts';

const compute = startCompute();
afterAll(() => compute.close());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenelab-doctor-'));
  vi.stubEnv('SCENELAB_DATA', join(folder, 'data'));
  vi.stubEnv('SCENELAB_CACHE', join(folder, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('a healthy machine is described, with nothing to mend', { tags: ['native'] }, async () => {
  mkdirSync(join(folder, 'cache/previews'), { recursive: true });
  writeFileSync(join(folder, 'cache/previews/a.jpg'), Buffer.alloc(1000));
  const report = DoctorReport.parse(await doctor(compute));
  expect(report.runtime.kind).toBe('native');
  expect(report.problems).toEqual([]);
  expect(report.folders).toContainEqual({
    purpose: 'cache',
    path: join(folder, 'cache'),
    bytes: 1000,
    writable: true,
  });
  expect(report.backbones.filter(({ installed }) => installed).map(({ id }) => id)).toEqual([
    'efficientnet-lite0',
    'efficientnet-lite2',
  ]);
});

test('weights that come with Scenelab and are missing are a problem, those on request are not', () => {
  const none = listBackbones().map((backbone) => ({ ...backbone, installed: false }));
  expect(weightsProblems(none).map(({ problem }) => problem)).toEqual([
    'The weights of EfficientNet-Lite0 are missing',
    'The weights of EfficientNet-Lite2 are missing',
  ]);
  expect(weightsProblems(listBackbones())).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that cannot be written to is a problem with a fix',
  async () => {
    mkdirSync(join(folder, 'data'));
    chmodSync(join(folder, 'data'), 0o500);
    const { problems } = await doctor(compute);
    expect(problems.map(({ fix }) => fix)).toContainEqual(expect.stringContaining('SCENELAB_DATA'));
  },
);
