import { rename, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import Papa from 'papaparse';
import { z } from 'zod';
import { libraryError } from './library-error.ts';
import type { Library } from './library.ts';

const row = z.object({ path: z.string(), label: z.string().nullable() });

/**
 * Writes `path,label` of every photo, the label empty where it has none; paths are relative to the CSV where they lie below
 * it. `readLabelsCsv` reads it back. Gives the number of photos. Throws NOT_WRITABLE or DISK_FULL; a file that was there
 * before is replaced whole or left as it was.
 */
export async function writeLabelsCsv(library: Library, csv: string): Promise<number> {
  const file = resolve(csv);
  const rows = library.all(
    row,
    `SELECT min(locations.path) AS path, labels.name AS label
     FROM photos JOIN locations ON locations.photo = photos.id LEFT JOIN labels ON labels.number = photos.label
     WHERE locations.missing = 0 GROUP BY photos.id ORDER BY path`,
  );
  const below = (path: string) => {
    const short = relative(dirname(file), path);
    return short.startsWith('..') ? path : short;
  };
  const data = rows.map(({ path, label }) => [below(path), label ?? '']);
  const text = Papa.unparse({ fields: ['path', 'label'], data }, { newline: '\n' });
  try {
    await writeFile(`${file}.part`, `${text}\n`);
    await rename(`${file}.part`, file);
  } catch (error) {
    throw libraryError(error, dirname(file));
  }
  return rows.length;
}
