import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Papa from 'papaparse';
import { z } from 'zod';
import { codeOf, ScenelabError } from '../../contract/index.ts';
import { labelName } from './labels.ts';

/** Labels by absolute path (see `pathKey`), in the order of the file; null where the label's cell is empty. */
export type CsvLabels = Map<string, { path: string; label: string | null }>;

const pathHeadings = /^(path|file|filename|file_name|image|photo)$/i;
const labelHeadings = /^(label|class|class_?name|category)$/i;

/**
 * Reads a table of paths and labels: comma, semicolon or tab, quoted or not, with or without headings (without: the first
 * column is the path, the second the label; with them the columns may stand anywhere) and byte-order mark. Paths are
 * relative to the CSV. Throws NOT_FOUND or NOT_READABLE, and USAGE when it has no two columns.
 */
export async function parseLabelsCsv(csv: string): Promise<CsvLabels> {
  const file = resolve(csv);
  const text = new TextDecoder().decode(await read(file)); // drops the byte-order mark
  const rows = z.array(z.array(z.string())).parse(Papa.parse(text, { skipEmptyLines: 'greedy' }).data);
  const head = rows[0] ?? [];
  const headings = {
    path: head.findIndex((cell) => pathHeadings.test(cell.trim())),
    label: head.findIndex((cell) => labelHeadings.test(cell.trim())),
  };
  const hasHeadings = headings.path >= 0 && headings.label >= 0;
  const column = hasHeadings ? headings : { path: 0, label: 1 };
  if (!rows.some((row) => row.length > 1))
    throw new ScenelabError(
      'USAGE',
      `${file} has ${rows.length === 0 ? 'no rows' : 'one column'}`,
      'a path and a label in each row',
      'Write one photo a line: path,label',
    );
  const labels: CsvLabels = new Map();
  for (const row of hasHeadings ? rows.slice(1) : rows) {
    const written = row[column.path]?.trim();
    if (!written) continue;
    const path = resolve(dirname(file), written);
    labels.set(pathKey(path), { path, label: labelName(row[column.label] ?? '') || null });
  }
  return labels;
}

/** A path as it is compared: file systems differ in how they compose accents. */
export function pathKey(path: string): string {
  return path.normalize('NFC');
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const isGone = codeOf(error) === 'ENOENT';
    throw new ScenelabError(
      isGone ? 'NOT_FOUND' : 'NOT_READABLE',
      `${file} ${isGone ? 'is not there' : 'cannot be read'}`,
      'a CSV of path,label',
      'Check the path',
      error,
    );
  }
}
