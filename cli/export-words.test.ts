import { expect, test } from 'vitest';
import type { ExportResult, Parity } from '../contract/index.ts';
import { exportWords } from './export.ts';

/** An export with what its comparison gave. */
function exported(parity: Parity): ExportResult {
  const use = { about: '', language: 'python', code: '' } as const;
  return { exports: [{ format: 'onnx', folder: '/models/onnx', files: [], parity, use }] };
}

test('an export says how it agrees with the app', () => {
  const parity = { n: 50, top1Agreement: 0.98, maxAbsDifference: 9e-7 };
  expect(exportWords(exported(parity))).toBe(
    'Exported as onnx to /models/onnx: 98.0 % of 50 photos answered as in the app, probabilities differ by 9e-7 at most.',
  );
});

test('one that could not be run claims no agreement', () => {
  const parity = { n: 0, top1Agreement: 1, maxAbsDifference: 0 };
  const words = exportWords(exported(parity));
  expect(words).toContain('not compared with the app');
  expect(words).not.toContain('%');
});
