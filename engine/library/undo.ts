import { z } from 'zod';
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
const changes = 'SELECT field, subject, before, after FROM changes WHERE step = ? ORDER BY number';

const lastDone = 'SELECT number, title FROM steps WHERE undone = 0 ORDER BY number DESC LIMIT 1';
const firstUndone = 'SELECT number, title FROM steps WHERE undone = 1 ORDER BY number LIMIT 1';

/** Takes back the newest step that is not undone; gives its title, or null when there is none. */
export function undo(library: Library): string | null {
  return library.transaction(() => {
    const step = library.first(stepRow, lastDone);
    if (!step) return null;
    for (const change of library.all(changeRow, `${changes} DESC`, step.number))
      library.run(setters[change.field], change.before, change.subject);
    library.run('UPDATE steps SET undone = 1 WHERE number = ?', step.number);
    return step.title;
  });
}

/** Does again the step that was undone last; gives its title, or null when there is none. */
export function redo(library: Library): string | null {
  return library.transaction(() => {
    const step = library.first(stepRow, firstUndone);
    if (!step) return null;
    for (const change of library.all(changeRow, changes, step.number))
      library.run(setters[change.field], change.after, change.subject);
    library.run('UPDATE steps SET undone = 0 WHERE number = ?', step.number);
    return step.title;
  });
}

/** What `undo` and `redo` would do next, by title. */
export function undoable(library: Library): { undo: string | null; redo: string | null } {
  return {
    undo: library.first(stepRow, lastDone)?.title ?? null,
    redo: library.first(stepRow, firstUndone)?.title ?? null,
  };
}
