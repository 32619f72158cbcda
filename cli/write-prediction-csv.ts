import { rename, rm, stat, writeFile } from 'node:fs/promises';
import Papa from 'papaparse';
import {
  codeOf,
  diskFull,
  isDiskFull,
  notWritable,
  ScenelabError,
  type Prediction,
} from '../contract/index.ts';

/**
 * Makes sure, before any photo is looked at, that a file can be written there.
 * @throws ScenelabError NOT_WRITABLE, DISK_FULL
 */
export async function tryWriting(file: string): Promise<void> {
  const isThere = await stat(file).catch(() => null);
  if (isThere?.isDirectory())
    throw new ScenelabError('NOT_WRITABLE', `${file} is a folder`, 'a file', 'Name a file in it');
  try {
    await writeFile(partOf(file), '');
    await rm(partOf(file));
  } catch (error) {
    throw writeError(error, file);
  }
}

const partOf = (file: string) => `${file}.part`;

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
    await writeFile(partOf(file), `${text}\n`);
    await rename(partOf(file), file);
  } catch (error) {
    throw writeError(error, file);
  }
}

function writeError(error: unknown, file: string): unknown {
  if (isDiskFull(error)) return diskFull(file, error);
  return codeOf(error) === null ? error : notWritable(file, error);
}
