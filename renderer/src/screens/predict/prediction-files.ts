import Papa from 'papaparse';
import type { Prediction } from '../../../../contract/index.ts';

/** Predictions as `File,Label,Confidence`, the columns that the command line writes. */
export function toCsv(predictions: readonly Prediction[], pathOf: (path: string) => string): string {
  const data = predictions.map(({ path, predictions: [best] }) => [
    pathOf(path),
    best?.className ?? '',
    best?.probability.toFixed(4) ?? '',
  ]);
  return `${Papa.unparse({ fields: ['File', 'Label', 'Confidence'], data }, { newline: '\n' })}\n`;
}

/** Predictions with all answers that were asked for, and whether the model is sure. */
export function toJson(predictions: readonly Prediction[], pathOf: (path: string) => string): string {
  const rows = predictions.map(({ path, unsure, predictions: answers }) => ({
    file: pathOf(path),
    unsure,
    predictions: answers,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
