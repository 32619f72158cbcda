import { z } from 'zod';
import { countLabels } from './labels.ts';
import { labelPhotos } from './label-photos.ts';
import type { Library } from './library.ts';
import { parseLabelsCsv, pathKey } from './parse-labels-csv.ts';

const locationRow = z.object({ path: z.string(), photo: z.string() });

/**
 * Labels the library's photos as a CSV says, as one step that undo takes back; an empty label unlabels. `labelled` counts the
 * rows that met a photo, `changed` those that gave it another label, `unknown` lists the paths that met none. Throws as
 * `parseLabelsCsv`.
 */
export async function readLabelsCsv(
  library: Library,
  csv: string,
): Promise<{ labelled: number; changed: number; unknown: string[]; labels: Record<string, number> }> {
  const rows = await parseLabelsCsv(csv);
  const photos = new Map(
    library
      .all(locationRow, 'SELECT path, photo FROM locations')
      .map(({ path, photo }) => [pathKey(path), photo]),
  );
  const changes: { photo: string; label: string | null }[] = [];
  const unknown: string[] = [];
  for (const [key, { path, label }] of rows) {
    const photo = photos.get(key);
    if (photo === undefined) unknown.push(path);
    else changes.push({ photo, label });
  }
  const changed = labelPhotos(library, changes, 'Labels from a CSV');
  return { labelled: changes.length, changed, unknown, labels: countLabels(library) };
}
