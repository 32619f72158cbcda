import { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import type { Library } from './library.ts';
import type { Step } from './step.ts';

const colours = 10;
const labelRow = z.object({
  number: z.number(),
  name: z.string(),
  colour: z.number(),
  photos: z.number(),
});
const numberRow = z.object({ number: z.number() });
const idRow = z.object({ id: z.string() });

/** A label of the project; `photos` counts those that are there and not excluded, `colour` is 0 … 9 and stays with the label. */
export interface Label {
  number: number;
  name: string;
  colour: number;
  photos: number;
}

/** The labels in their order, those without photos too. */
export function listLabels(library: Library): Label[] {
  return library.all(
    labelRow,
    `SELECT labels.number, labels.name, labels.colour, count(photos.number) AS photos
     FROM labels LEFT JOIN present_photos AS photos ON photos.label = labels.number AND photos.excluded = 0
     WHERE labels.deleted = 0 GROUP BY labels.number ORDER BY labels.position, labels.number`,
  );
}

/** Photos per label, in the order of the labels. */
export function countLabels(library: Library): Record<string, number> {
  return Object.fromEntries(listLabels(library).map(({ name, photos }) => [name, photos]));
}

/** A label's name as it is stored: file systems differ in how they compose accents, people don't. */
export function labelName(raw: string): string {
  return raw.normalize('NFC').trim();
}

/** The number of the label with this name, which is made if there is none. */
export function findOrMakeLabel(step: Step, name: string): number {
  const { library } = step;
  const found = findLabel(library, name);
  if (found !== null) return found;
  const used = listLabels(library).map(({ colour }) => colour);
  const uses = Array.from({ length: colours }, (_, colour) => used.filter((c) => c === colour).length);
  // It starts as deleted and is brought to life by the step, so that undoing the step takes it away again.
  library.run(
    `INSERT INTO labels (name, position, colour, deleted)
     SELECT ?, 1 + coalesce(max(position), 0), ?, 1 FROM labels`,
    name,
    uses.indexOf(Math.min(...uses)),
  );
  const made = library.first(numberRow, 'SELECT max(number) AS number FROM labels')?.number ?? 0;
  step.change('label.deleted', made, 0);
  return made;
}

/** The number of a label, or null when there is none of this name. */
export function findLabel(library: Library, name: string): number | null {
  const row = library.first(numberRow, 'SELECT number FROM labels WHERE name = ? AND deleted = 0', name);
  return row?.number ?? null;
}

/** As `findLabel`, but throws NOT_FOUND. */
export function requireLabel(library: Library, name: string): number {
  const number = findLabel(library, name);
  if (number !== null) return number;
  const names = listLabels(library).map((label) => label.name);
  throw new ScenelabError(
    'NOT_FOUND',
    `There is no label “${name}”`,
    names.length ? `one of ${names.join(', ')}` : '',
    'Check its spelling',
  );
}

/** A name as a label may have it; `own` is the label that is to be called so. Throws USAGE when it is empty, or another's. */
export function freeName(library: Library, raw: string, own: number | null = null): string {
  const name = labelName(raw);
  const taken = findLabel(library, name);
  if (name !== '' && (taken === null || taken === own)) return name;
  throw new ScenelabError(
    'USAGE',
    name === '' ? 'The name of the label is empty' : `There is a label “${name}” already`,
    'a name that no other label has',
    own === null ? 'Choose another name' : 'Choose another name, or merge the two labels',
  );
}

/** Gives every photo of a label another one, or none, and takes the label away. */
export function replaceLabel(step: Step, label: number, by: number | null): void {
  const { library } = step;
  for (const { id } of library.all(idRow, 'SELECT id FROM photos WHERE label = ?', label))
    step.change('photo.label', id, by);
  step.change('label.deleted', label, 1);
}
