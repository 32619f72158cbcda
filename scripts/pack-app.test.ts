import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packApp } from './pack-app.ts';

const require = createRequire(import.meta.url);
const builder = createRequire(require.resolve('electron-builder'));
// Outside of the repository, so that nothing is found there which was not packed.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scenelab-packed-')));
const resources = join(folder, 'out/linux-unpacked/resources');
const beside = join(resources, 'app.asar.unpacked');
const isLinux = process.platform === 'linux';

beforeAll(async () => {
  if (isLinux) await packApp({ installers: false, output: join(folder, 'out'), standIn: standIn() });
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Electron's files as electron-builder wants to see them, with this Node in Electron's place. */
function standIn(): string {
  const electron = join(folder, 'electron');
  for (const part of ['locales', 'resources']) mkdirSync(join(electron, part), { recursive: true });
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'chrome-sandbox'])
    writeFileSync(join(electron, file), '');
  const { version }: { version: string } = require('electron/package.json');
  writeFileSync(join(electron, 'version'), version);
  copyFileSync(process.execPath, join(electron, 'electron'));
  return electron;
}

/** Runs the packed command line; the events that it printed. */
function run(...args: string[]): Record<string, unknown>[] {
  const { stdout, stderr, status } = spawnSync(join(resources, 'bin/scenelab'), [...args, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      SCENELAB_DATA: join(folder, 'data'),
      SCENELAB_CACHE: join(folder, 'cache'),
    },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
}

/** Throws with what electron-builder's schema says of a configuration. */
async function validate(configuration: object): Promise<void> {
  const { validateConfiguration } = builder('app-builder-lib/out/util/config/config');
  const { DebugLogger } = builder('builder-util');
  await validateConfiguration(configuration, new DebugLogger(false));
}

test('electron-builder.yml holds to its schema', async () => {
  const { load } = builder('js-yaml');
  const configuration: object = load(
    readFileSync(join(import.meta.dirname, '../electron-builder.yml'), 'utf8'),
  );
  await validate(configuration);
  await expect(validate({ ...configuration, asarUnpak: [] })).rejects.toThrow(/asarUnpak/);
});

test.runIf(isLinux)('the archive holds the window, and what other processes read lies beside it', () => {
  const { listPackage } = builder('@electron/asar');
  const inside: string[] = listPackage(join(resources, 'app.asar'));
  for (const file of ['main/main.js', 'main/utility-engine.js', 'preload/preload.cjs'])
    expect(inside).toContain(`/out/app/${file}`);
  expect(inside).toContain('/out/renderer/index.html');
  expect(
    inside.filter((file) => /\.(ts|test\.js)$|-fixture/.test(file) && !file.includes('node_modules')),
  ).toEqual([]);
  for (const file of [
    'package.json',
    'out/app/engine/process/entry.js',
    'assets/backbones/efficientnet-lite0',
  ])
    expect(existsSync(join(beside, file))).toBe(true);
  expect(existsSync(join(beside, 'out/app/main'))).toBe(false);
  expect(existsSync(join(resources, 'THIRD_PARTY.md'))).toBe(true);
});

test.runIf(isLinux)('natives are unpacked, whole, and of this platform alone', { tags: ['native'] }, () => {
  const natives = globSync('node_modules/**/*.{node,so,so.*,dylib,dll}', { cwd: beside });
  expect(natives.some((file) => file.includes('@img/sharp-'))).toBe(true);
  expect(natives.some((file) => file.endsWith('tfjs_binding.node'))).toBe(true);
  expect(natives.some((file) => /tfjs-node\/deps\/lib\/libtensorflow.*\.so/.test(file))).toBe(true);
  expect(natives.filter((file) => /onnxruntime-node\/bin\/[^/]+\/(darwin|win32)/.test(file))).toEqual([]);
  const strays = natives.filter((file) => !realpathSync(join(beside, file)).startsWith(beside));
  expect(strays).toEqual([]);
  expect(natives.filter((file) => statSync(join(beside, file)).size === 0)).toEqual([]);
});

test.runIf(isLinux)(
  'the packed command line and its engine take photos in, predict them, train and export',
  { tags: ['native'] },
  () => {
    const photos = join(beside, 'assets/sample/windmill');
    const report = run('doctor').at(-1);
    expect(report).toMatchObject({ kind: 'result', runtime: { kind: 'native' }, problems: [] });
    expect(run('import', join(folder, 'scenes.scenelab'), photos).at(-1)).toMatchObject({
      kind: 'result',
      imported: globSync('*', { cwd: photos }).length,
      skipped: [],
    });
    const [photo = ''] = globSync('*', { cwd: photos });
    const answers = run('predict', 'efficientnet-lite0', join(photos, photo));
    expect(answers.find(({ kind }) => kind === 'prediction')).toMatchObject({ path: join(photos, photo) });
    expect(answers.at(-1)).toMatchObject({ kind: 'result', predicted: 1 });
    const sample = join(beside, 'assets/sample');
    const formats = ['--format', 'tflite,keras', '--out', join(folder, 'models')];
    expect(run('train', sample, '--preset', 'quick', ...formats).at(-1)).toMatchObject({
      kind: 'result',
      exports: [{ parity: { n: 50, top1Agreement: 1 } }, { parity: { n: 50, top1Agreement: 1 } }],
    });
  },
);
