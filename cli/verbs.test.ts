import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EvaluateResult, ExportResult, Prediction, TrainResult } from '../contract/index.ts';
import { Place, type Ran } from './cli-fixture.ts';

/** One small project, trained once; every verb is tried on it. */
const place = new Place();
const labels = readdirSync(new URL('../assets/sample', import.meta.url))
  .filter((name) => !name.includes('.'))
  .slice(0, 2);
const photosPerLabel = 12;
let photos: string;
let trained: Ran;

beforeAll(async () => {
  photos = place.photos('photos', labels, photosPerLabel);
  writeFileSync(join(photos, labels[0] ?? '', 'broken.jpg'), '');
  trained = await place.json(['train', 'photos', '--preset', 'quick', '--seed', '3', '--out', 'model']);
});
afterAll(() => place[Symbol.dispose]());

test('train: a folder becomes an evaluated and exported model; its events tell the stages', () => {
  expect(trained.code).toBe(0);
  const result = TrainResult.parse(trained.last);
  expect(result).toMatchObject({ classNames: labels, settings: { seed: 3, cut: null } });
  expect(result.skipped).toEqual([expect.objectContaining({ code: 'EMPTY_FILE' })]);
  expect(result.test.n).toBeGreaterThan(0);
  expect(existsSync(place.path('model/model.json'))).toBe(true);
  const stages = new Set(trained.lines.map(({ stage }) => stage));
  expect([...stages]).toEqual(expect.arrayContaining(['import', 'embed', 'evaluate', 'export']));
});

test('a person reads which files were skipped, and why', async () => {
  const { stdout } = await place.run(['train', 'photos', '--preset', 'quick', '--seed', '3']);
  expect(stdout).toMatch(/^1 file skipped:\n {2}.+broken\.jpg: The file is empty/m);
});

test('what would fail is said before photos are read', async () => {
  const { code, lines } = await place.json(['train', 'photos', '--out', 'photos']);
  expect([code, lines.map(({ kind }) => kind)]).toEqual([1, ['error']]);
  const csv = await place.json(['predict', 'model', 'photos', '--csv', 'nowhere/out.csv']);
  expect(csv.lines).toEqual([
    expect.objectContaining({
      code: 'NOT_WRITABLE',
      met: expect.stringContaining('its folder is not there'),
    }),
  ]);
  expect((await place.json(['predict', 'model', 'photos', '--csv', 'photos'])).last['met']).toContain(
    'is a folder',
  );
});

test('train again: nothing is imported anew, the result is the same', async () => {
  const { last } = await place.json(['train', 'photos', '--preset', 'quick', '--seed', '3']);
  const [first, again] = [trained.last, last].map((line) => TrainResult.parse(line));
  expect(again?.test).toEqual(first?.test);
  expect(readdirSync(place.path('data/projects'))).toHaveLength(1);
});

test('evaluate: the own test photos by the folder it was trained on, other photos by the exported model', async () => {
  const own = await place.json(['evaluate', 'photos']);
  expect(EvaluateResult.parse(own.last).test).toEqual(TrainResult.parse(trained.last).test);
  const other = await place.json(['evaluate', 'model', 'photos']);
  expect(EvaluateResult.parse(other.last).test.n).toBe(2 * photosPerLabel);
});

test('predict: a line a photo, a CSV, and skipped files with their reason', async () => {
  const { code, lines, last } = await place.json([
    'predict',
    'model',
    'photos',
    '--top',
    '1',
    '--csv',
    'out.csv',
  ]);
  expect(code).toBe(0);
  const answered = lines.filter(({ kind }) => kind === 'prediction').map((line) => Prediction.parse(line));
  expect(answered).toHaveLength(2 * photosPerLabel);
  expect(answered.every(({ predictions }) => predictions.length === 1)).toBe(true);
  expect(lines.filter(({ kind }) => kind === 'skipped')).toEqual([
    expect.objectContaining({ code: 'EMPTY_FILE' }),
  ]);
  expect(last).toMatchObject({ predicted: 2 * photosPerLabel, skipped: 1 });
  const rows = readFileSync(place.path('out.csv'), 'utf8').trimEnd().split('\n');
  expect(rows[0]).toBe('File,Label,Confidence');
  expect(rows).toHaveLength(1 + 2 * photosPerLabel);
});

test('predict has failed where no file is a photo', async () => {
  const { code, lines } = await place.json([
    'predict',
    'model',
    join('photos', labels[0] ?? '', 'broken.jpg'),
  ]);
  expect([code, lines.map(({ kind, code }) => [kind, code])]).toEqual([
    1,
    expect.arrayContaining([
      ['skipped', 'EMPTY_FILE'],
      ['error', 'NO_PHOTOS'],
    ]),
  ]);
});

test('an import from which nothing came leaves no project behind', async () => {
  mkdirSync(place.path('nothing'));
  const { code } = await place.json(['import', 'new.scenelab', 'nothing']);
  expect([code, existsSync(place.path('new.scenelab'))]).toEqual([1, false]);
});

test('predict with a backbone knows ImageNet, on stdout for people', async () => {
  const photo = readdirSync(join(photos, labels[1] ?? ''))[0] ?? '';
  const { code, stdout } = await place.run([
    'predict',
    'efficientnet-lite0',
    join(photos, labels[1] ?? '', photo),
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/: .+ \d+\.\d %, .+\n1 photo answered\.\n$/);
});

test('predict --sort-into --xmp: copies by label, sidecars beside them, the originals as they were', async () => {
  const before = readdirSync(photos, { recursive: true }).toSorted();
  const { last } = await place.json(['predict', 'model', 'photos', '--sort-into', 'sorted', '--xmp']);
  expect(last).toMatchObject({ sorted: 2 * photosPerLabel });
  expect(readdirSync(photos, { recursive: true }).toSorted()).toEqual(before);
  const sorted = readdirSync(place.path('sorted'), { recursive: true, encoding: 'utf8' });
  const sidecar = sorted.find((name) => name.endsWith('.xmp')) ?? '';
  expect(readFileSync(place.path('sorted', sidecar), 'utf8')).toContain(
    `<rdf:li>${sidecar.split('/')[0]}</rdf:li>`,
  );
});

test('export: formats in their folders, compared with the app', async () => {
  const { code, last } = await place.json(['export', 'photos', '--format', 'tfjs,onnx', '--out', 'exports']);
  expect(code).toBe(0);
  const { exports } = ExportResult.parse(last);
  expect(exports.map(({ format }) => format)).toEqual(['tfjs', 'onnx']);
  for (const { parity } of exports) expect(parity.maxAbsDifference).toBeLessThan(1e-4);
  expect(readdirSync(place.path('exports')).toSorted()).toEqual(['onnx', 'tfjs']);
  const ontoFile = await place.json(['export', 'photos', '--format', 'onnx', '--out', 'model/labels.txt']);
  expect([ontoFile.code, ontoFile.last['code']]).toEqual([1, 'NOT_WRITABLE']);
});

test('label and undo: a CSV out, changed, in, and taken back', async () => {
  const project = String(trained.last['project']);
  await place.json(['label', project, '--to-csv', 'labels.csv']);
  const csv = place.path('labels.csv');
  const rows = readFileSync(csv, 'utf8').split('\n');
  writeFileSync(csv, rows.map((row, i) => (i === 1 ? row.replace(/,[^,]*$/, ',other') : row)).join('\n'));
  const { last } = await place.json(['label', project, '--from-csv', 'labels.csv']);
  expect(last).toMatchObject({ labelled: 2 * photosPerLabel, changed: 1, labels: { other: 1 } });
  writeFileSync(csv, 'path,label\nelsewhere.jpg,fish\n');
  expect((await place.json(['label', project, '--from-csv', 'labels.csv'])).last).toMatchObject({
    code: 'NO_PHOTOS',
  });
  const undone = await place.json(['undo', project]);
  expect(undone.last['undone']).toContain('CSV');
});

test('import: a project is made, files that are no photos are listed', async () => {
  const folder = place.photos('more', labels, 3);
  const cut = join(folder, labels[0] ?? '', readdirSync(join(folder, labels[0] ?? ''))[0] ?? '');
  truncateSync(cut, 2000);
  const { code, last } = await place.json(['import', 'more.scenelab', 'more']);
  expect(code).toBe(0);
  expect(last).toMatchObject({ imported: 5, labels: { [labels[1] ?? '']: 3 } });
  expect(last['skipped']).toEqual([expect.objectContaining({ path: cut })]);
  mkdirSync(place.path('empty'));
  expect((await place.json(['import', 'empty.scenelab', 'empty'])).last).toMatchObject({ code: 'NO_PHOTOS' });
});

test('Ctrl-C: exit 130 and its line; the same command then goes on', async () => {
  place.photos('cancelled', labels, 15);
  let sent = false;
  const args = ['train', 'cancelled', '--preset', 'quick'];
  const { code, last, lines } = await place.json(args, (line, kill) => {
    if (sent || !line.includes('"import"')) return;
    sent = true;
    kill('SIGINT');
  });
  expect(code).toBe(130);
  expect(last).toMatchObject({ kind: 'error', code: 'CANCELLED' });
  expect(lines).toContainEqual(expect.objectContaining({ kind: 'notice', code: 'CANCELLING' }));
  expect((await place.json(args)).code).toBe(0);
});
