import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { baselineOf, measure } from './metrics.ts';
import { readEvaluation, storeEvaluation } from './stored-evaluation.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-evaluation-'));
afterAll(() => rmSync(folder, { recursive: true }));
const truth = Int32Array.from([0, 1]);
const names = ['a', 'b'];

test('a run that was not evaluated says so', async () => {
  await expect(readEvaluation(folder)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what was stored is read back', async () => {
  const evaluation = {
    test: measure(Float32Array.from([0.25, 0.75, 0.5, 0.5]), truth, names),
    baseline: baselineOf(truth, truth, names),
    skipped: [],
    mistakes: [{ path: 'a.jpg', label: 'a', predicted: 'b', probability: 0.75 }],
  };
  await storeEvaluation(folder, evaluation);
  expect(await readEvaluation(folder)).toEqual(evaluation);
});

test('a damaged file is told', async () => {
  writeFileSync(join(folder, 'evaluation.json'), '{"test":');
  await expect(readEvaluation(folder)).rejects.toMatchObject({ code: 'PROJECT_CORRUPT' });
});
