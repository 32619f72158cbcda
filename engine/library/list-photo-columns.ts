import { z } from 'zod';
import type { ListPhotosInput, PhotoFilter, PhotoList, PhotoSort } from '../../contract/index.ts';
import { listLabels } from './labels.ts';
import type { Library } from './library.ts';

const row = z.object({ id: z.string(), path: z.string(), label: z.number().nullable() });

const orders: Record<PhotoSort, string> = {
  added: 'photos.number',
  taken: 'photos.taken_at IS NULL, photos.taken_at, photos.number',
  name: 'photos.number',
  label: 'labels.position IS NULL, labels.position, photos.number',
  doubt: 'photos.number',
};

/** Lists photos in columns: 50,000 in a fraction of a second. What is not excluded, unless the filter asks for those. */
export function listPhotoColumns(
  library: Library,
  { filter, sort, descending }: Omit<ListPhotosInput, 'project'>,
): PhotoList {
  const labels = listLabels(library);
  const indexOf = new Map(labels.map(({ number }, index) => [number, index]));
  const { where, values } = conditions(filter);
  const rows = library.all(
    row,
    `SELECT photos.id, photos.label, place.path
     FROM photos JOIN (SELECT photo, min(path) AS path FROM locations WHERE missing = 0 GROUP BY photo) AS place ON place.photo = photos.id
     LEFT JOIN labels ON labels.number = photos.label
     WHERE ${where} ORDER BY ${orders[sort]}`,
    ...values,
  );
  const named = rows.map(({ id, path, label }) => ({ id, name: fileName(path), label }));
  if (sort === 'name') named.sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()));
  if (descending) named.reverse();
  return {
    ids: named.map(({ id }) => id).join(''),
    names: named.map(({ name }) => name),
    label: named.map(({ label }) => (label === null ? -1 : (indexOf.get(label) ?? -1))),
    predicted: named.map(() => -1),
    labels: labels.map(({ name }) => name),
  };
}

function conditions({ show, labels, split, text }: PhotoFilter): { where: string; values: string[] } {
  const all = [`photos.excluded = ${show === 'excluded' ? 1 : 0}`];
  const values: string[] = [];
  if (show === 'unlabelled') all.push('photos.label IS NULL');
  if (labels.length > 0) {
    all.push(`labels.name IN (${labels.map(() => '?').join(', ')})`);
    values.push(...labels);
  }
  if (split !== null) {
    all.push('photos.split = ?');
    values.push(split);
  }
  if (text !== '') {
    // instr and not LIKE: a file name may hold % and _.
    all.push('instr(lower(place.path), ?) > 0');
    values.push(text.toLowerCase());
  }
  return { where: all.join(' AND '), values };
}

const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
