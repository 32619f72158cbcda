import { z } from 'zod';
import type { Library } from './library.ts';

/** Names that labels had before, with the names they have now: what an older model still calls them. */
export function renamedLabels(library: Library): ReadonlyMap<string, string> {
  const rows = library.all(
    z.object({ old: z.string(), name: z.string() }),
    `SELECT changes.before AS old, labels.name FROM changes
     JOIN steps ON steps.number = changes.step JOIN labels ON labels.number = changes.subject
     WHERE changes.field = 'label.name' AND steps.undone = 0 AND labels.deleted = 0
       AND changes.before NOT IN (SELECT name FROM labels WHERE deleted = 0) ORDER BY changes.number`,
  );
  return new Map(rows.map(({ old, name }) => [old, name]));
}
