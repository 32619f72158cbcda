import { z } from 'zod';
import type { ListPhotosInput, PhotoFilter, PhotoId, PhotoList, PhotoSort } from '../../contract/index.ts';
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

/** What a model answered for a photo. */
export interface ModelAnswer {
  readonly predicted: string;
  /** Of the predicted class. */
  readonly probability: number;
}

/**
 * Lists photos in columns: 50,000 in a fraction of a second. What is not excluded, unless the filter asks for those.
 * `answers` are a model's, by photo; photos without one neither agree nor disagree.
 */
export function listPhotoColumns(
  library: Library,
  { filter, sort, descending }: Omit<ListPhotosInput, 'project'>,
  answers: ReadonlyMap<PhotoId, ModelAnswer> = new Map(),
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
  const names = labels.map(({ name }) => name);
  const all = rows.map(({ id, path, label }) => {
    const index = label === null ? -1 : (indexOf.get(label) ?? -1);
    const answer = answers.get(id);
    const predicted = answer ? names.indexOf(answer.predicted) : -1;
    const isOther = answer !== undefined && predicted !== index;
    return { id, name: fileName(path), index, predicted, doubt: doubtOf(answer, isOther), isOther };
  });
  const listed = filter.show === 'disagrees' ? all.filter(({ isOther }) => isOther) : all;
  if (sort === 'name') listed.sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()));
  if (sort === 'doubt') listed.sort((a, b) => b.doubt - a.doubt);
  if (descending) listed.reverse();
  return {
    ids: listed.map(({ id }) => id).join(''),
    names: listed.map(({ name }) => name),
    label: listed.map(({ index }) => index),
    predicted: listed.map(({ predicted }) => predicted),
    labels: names,
  };
}

/** From 1, surely another label, over 0, nothing known, to -1, surely this label. */
function doubtOf(answer: ModelAnswer | undefined, isOther: boolean): number {
  if (!answer) return 0;
  return isOther ? answer.probability : -answer.probability;
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
