import { z } from 'zod';
import type { PhotoId } from '../../contract/index.ts';
import type { Library } from './library.ts';
import { Field, setters } from './step.ts';

const stepRow = z.object({ number: z.number(), title: z.string() });
const value = z.union([z.string(), z.number(), z.null()]);
const changeRow = z.object({
  field: Field,
  subject: z.union([z.string(), z.number()]),
  before: value,
  after: value,
});
const labelledRow = z.object({ photo: z.string(), label: z.string().nullable() });
const changes = 'SELECT field, subject, before, after FROM changes WHERE step = ? ORDER BY number';

const lastDone = 'SELECT number, title FROM steps WHERE undone = 0 ORDER BY number DESC LIMIT 1';
const firstUndone = 'SELECT number, title FROM steps WHERE undone = 1 ORDER BY number LIMIT 1';

/** A step that was taken back, or done again. */
export interface Retraced {
  title: string;
  /** The photos whose label changed with it, and what it is now; null when more than labels of photos changed. */
  labelled: { photo: PhotoId; label: string | null }[] | null;
}

/** Takes back the newest step that is not undone; null when there is none. */
export function undo(library: Library): Retraced | null {
  return library.transaction(() => {
    const step = library.first(stepRow, lastDone);
    if (!step) return null;
    for (const change of library.all(changeRow, `${changes} DESC`, step.number))
      library.run(setters[change.field], change.before, change.subject);
    library.run('UPDATE steps SET undone = 1 WHERE number = ?', step.number);
    return retraced(library, step);
  });
}

/** Does again the step that was undone last; null when there is none. */
export function redo(library: Library): Retraced | null {
  return library.transaction(() => {
    const step = library.first(stepRow, firstUndone);
    if (!step) return null;
    for (const change of library.all(changeRow, changes, step.number))
      library.run(setters[change.field], change.after, change.subject);
    library.run('UPDATE steps SET undone = 0 WHERE number = ?', step.number);
    return retraced(library, step);
  });
}

function retraced(library: Library, { number, title }: z.infer<typeof stepRow>): Retraced {
  const isMore = `SELECT 1 FROM changes WHERE step = ? AND field IN ('photo.excluded', 'label.name')`;
  if (library.has(isMore, number)) return { title, labelled: null };
  const labelled = library.all(
    labelledRow,
    `SELECT photos.id AS photo, labels.name AS label FROM changes JOIN photos ON photos.id = changes.subject
     LEFT JOIN labels ON labels.number = photos.label WHERE changes.step = ? AND changes.field = 'photo.label'`,
    number,
  );
  return { title, labelled };
}

/** What `undo` and `redo` would do next, by title. */
export function undoable(library: Library): { undo: string | null; redo: string | null } {
  return {
    undo: library.first(stepRow, lastDone)?.title ?? null,
    redo: library.first(stepRow, firstUndone)?.title ?? null,
  };
}
