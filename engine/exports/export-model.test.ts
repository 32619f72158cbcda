import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExportFormat, ExportResult, type ExportInput } from '../../contract/index.ts';
import { colourModel, exampleDetails } from '../models/fixture.ts';
import { readModelInfo } from '../models/read-model-info.ts';
import { startCompute } from '../start-compute.ts';
import { exportModel } from './export-model.ts';

const root = mkdtempSync(join(tmpdir(), 'scenelab-export-'));
const model = join(root, 'model');
const compute = startCompute();
beforeAll(() => compute.call('writeModel', { folder: model, model: colourModel, details: exampleDetails }));
afterAll(async () => {
  await compute.close();
  rmSync(root, { recursive: true });
});

async function run(input: Omit<ExportInput, 'model'> & { model?: string }, by = compute) {
  const codes: string[] = [];
  const verified: number[] = [];
  const stream = exportModel(by, { model, ...input }, new AbortController().signal);
  let step = await stream.next();
  for (; !step.done; step = await stream.next())
    if (step.value.kind === 'notice') codes.push(step.value.code);
    else if (step.value.stage === 'verify') verified.push(step.value.done);
  return { exports: ExportResult.parse(step.value).exports, codes, verified };
}

test(
  'several formats each get a folder, whose file answers like the app on 50 photos',
  { tags: ['native'] },
  async () => {
    const out = join(root, 'all');
    const { exports, codes } = await run({ formats: [...ExportFormat.options], out });
    expect(codes).toEqual([]);
    expect(exports.map(({ folder }) => relative(out, folder))).toEqual([...ExportFormat.options]);
    for (const { folder, files, parity } of exports) {
      expect(parity).toMatchObject({ n: 50, top1Agreement: 1 });
      expect(parity.maxAbsDifference).toBeLessThan(1e-5);
      const names = files.map((file) => relative(folder, file));
      expect(names).toEqual(
        expect.arrayContaining(['labels.txt', 'model-card.md', 'parity.json', 'signature.json']),
      );
      const stored: unknown = JSON.parse(readFileSync(join(folder, 'parity.json'), 'utf8'));
      expect(stored).toMatchObject(parity);
    }
    expect(readdirSync(root).filter((name) => name.endsWith('.partial'))).toEqual([]);
  },
);

test('one format goes directly into the folder, with the card of the model and how it is used', async () => {
  const out = join(root, 'one');
  const { verified } = await run({ formats: ['onnx'], out });
  expect(verified).toEqual([8, 16, 24, 32, 40, 48, 50]);
  expect(existsSync(join(out, 'model.onnx'))).toBe(true);
  const card = readFileSync(join(out, 'model-card.md'), 'utf8');
  expect(card).toContain('# colours');
  expect(card).toContain('onnxruntime.InferenceSession');
  expect(card).not.toContain('loadLayersModel');
});

test('a TF.js export is a model folder again', async () => {
  const out = join(root, 'again');
  await run({ formats: ['tfjs'], out });
  expect(await readModelInfo(out)).toEqual(await readModelInfo(model));
});

test('a folder with something else in it is refused and stays as it is', async () => {
  const out = join(root, 'foreign');
  mkdirSync(out);
  writeFileSync(join(out, 'diary.txt'), 'mine');
  await expect(run({ formats: ['tfjs'], out })).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  expect(readdirSync(out)).toEqual(['diary.txt']);
});

test('an earlier export is replaced, and what lies beside it stays', async () => {
  const out = join(root, 'earlier');
  await run({ formats: ['tfjs'], out });
  writeFileSync(join(out, 'index.html'), 'a page that uses it');
  rmSync(join(out, 'weights.bin'));
  await run({ formats: ['tfjs'], out });
  expect(existsSync(join(out, 'weights.bin'))).toBe(true);
  expect(existsSync(join(out, 'index.html'))).toBe(true);
});

test('a bare backbone, an unknown model and an impossible folder are told', async () => {
  const out = join(root, 'never');
  await expect(run({ model: 'efficientnet-lite0', formats: ['onnx'], out })).rejects.toMatchObject({
    code: 'USAGE',
  });
  await expect(run({ model: 'nothing', formats: ['onnx'], out })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const inFile = join(model, 'labels.txt', 'below');
  const nowhere = process.platform === 'win32' ? 'Q:\\model' : '/proc/nowhere/model';
  for (const out of [inFile, nowhere]) {
    // Before any work is done for it.
    const events = exportModel(compute, { model, formats: ['onnx'], out }, new AbortController().signal);
    await expect(events.next()).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  }
  expect(existsSync(out)).toBe(false);
});

test('on the portable runtime a SavedModel is written, and it is said that it could not be run', async () => {
  process.env['SCENELAB_RUNTIME'] = 'portable';
  const portable = startCompute();
  try {
    const out = join(root, 'portable');
    const { exports, codes } = await run({ formats: ['savedmodel', 'onnx', 'tfjs'], out }, portable);
    expect(exports.map(({ parity }) => parity.n)).toEqual([0, 50, 50]);
    expect(codes).toEqual(['NOT_COMPARED']);
  } finally {
    delete process.env['SCENELAB_RUNTIME'];
    await portable.close();
  }
});
