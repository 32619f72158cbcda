import { z } from 'zod';
import type { Library } from './library.ts';

/** Every value that a person can change and take back, and the statement that sets it. */
export const setters = {
  'photo.label': 'UPDATE photos SET label = ? WHERE id = ?',
  'photo.excluded': 'UPDATE photos SET excluded = ? WHERE id = ?',
  'label.name': 'UPDATE labels SET name = ? WHERE number = ?',
  'label.deleted': 'UPDATE labels SET deleted = ? WHERE number = ?',
} as const;
export const Field = z.enum(['photo.label', 'photo.excluded', 'label.name', 'label.deleted']);
export type Field = z.infer<typeof Field>;

/** The same change as a row of the history, if it is one. Values: after, step, subject. */
const recorders = {
  'photo.label': recorder('photo.label', 'photos', 'label', 'id'),
  'photo.excluded': recorder('photo.excluded', 'photos', 'excluded', 'id'),
  'label.name': recorder('label.name', 'labels', 'name', 'number'),
  'label.deleted': recorder('label.deleted', 'labels', 'deleted', 'number'),
};

function recorder(field: Field, table: string, column: string, key: string): string {
  return `INSERT INTO changes (step, field, subject, before, after)
    SELECT ?2, '${field}', ${key}, ${column}, ?1 FROM ${table} WHERE ${key} = ?3 AND ${column} IS NOT ?1`;
}

type Value = string | number | null;
const stepRow = z.object({ number: z.number(), undone: z.number() });

/** One entry of the undo history, while it is being made. All changes that can be undone go through it. */
export class Step {
  readonly library: Library;
  readonly number: number;

  constructor(library: Library, number: number) {
    this.library = library;
    this.number = number;
  }

  /** Sets a value and remembers what it was; false when it was that already. */
  change(field: Field, subject: string | number, after: Value): boolean {
    if (this.library.run(recorders[field], after, this.number, subject) === 0) return false;
    this.library.run(setters[field], after, subject);
    return true;
  }
}

/** Does `work` as one step of the undo history, whole or not at all. A step that changes nothing leaves no trace. */
export function inStep<T>(library: Library, title: string, work: (step: Step) => T): T {
  return inGrowingStep(library, title, null, work).result;
}

/**
 * As `inStep`, for work that is stored in pieces: pass the `number` that the piece before gave, and the pieces are one step,
 * unless something else was done or undone in between.
 */
export function inGrowingStep<T>(
  library: Library,
  title: string,
  number: number | null,
  work: (step: Step) => T,
): { result: T; number: number | null } {
  return library.transaction(() => {
    const newest = library.first(stepRow, 'SELECT number, undone FROM steps ORDER BY number DESC LIMIT 1');
    const goesOn = newest !== undefined && newest.number === number && newest.undone === 0;
    const step = new Step(library, goesOn ? newest.number : (newest?.number ?? 0) + 1);
    if (!goesOn) library.run('INSERT INTO steps (number, title) VALUES (?, ?)', step.number, title);

    const result = work(step);
    const isEmpty = !library.has('SELECT 1 FROM changes WHERE step = ?', step.number);
    if (isEmpty) library.run('DELETE FROM steps WHERE number = ?', step.number);
    else library.run('DELETE FROM steps WHERE undone = 1'); // what was undone before can't be redone any more
    return { result, number: isEmpty ? null : step.number };
  });
}
