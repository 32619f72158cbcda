import { rename, writeFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { codeOf, diskFull, isDiskFull, notWritable, type Prediction } from '../contract/index.ts';

/**
 * Writes `File,Label,Confidence` of every photo that was answered, as Lobe's image tools did; confidence is the
 * probability, 0 … 1, also where the model is not sure. The file appears whole or not at all.
 * @throws ScenelabError DISK_FULL, NOT_WRITABLE
 */
export async function writePredictionCsv(file: string, predictions: readonly Prediction[]): Promise<void> {
  const data = predictions.map(({ path, predictions: [best] }) => [
    path,
    best?.className ?? '',
    best?.probability.toFixed(4) ?? '',
  ]);
  const text = Papa.unparse({ fields: ['File', 'Label', 'Confidence'], data }, { newline: '\n' });
  try {
    await writeFile(`${file}.part`, `${text}\n`);
    await rename(`${file}.part`, file);
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(file, error);
    throw codeOf(error) === null ? error : notWritable(file, error);
  }
}
