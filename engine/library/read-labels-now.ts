import { z } from 'zod';
import type { PhotoId } from '../../contract/index.ts';
import type { Library } from './library.ts';

/** What people call a photo now. */
export interface LabelNow {
  readonly labelNow: string | null;
  readonly excluded: boolean;
}

const idLength = 64;
const row = z.object({ label: z.string().nullable(), excluded: z.number(), ids: z.string() });

/** How every photo with a split is labelled now. A row per label, not per photo: read anew with each label key pressed. */
export function readLabelsNow(library: Library): ReadonlyMap<PhotoId, LabelNow> {
  const rows = library.all(
    row,
    `SELECT labels.name AS label, excluded, group_concat(photos.id, '') AS ids
     FROM photos LEFT JOIN labels ON labels.number = photos.label
     WHERE photos.split IS NOT NULL GROUP BY photos.label, excluded`,
  );
  const labels = new Map<PhotoId, LabelNow>();
  for (const { label, excluded, ids } of rows) {
    const now = { labelNow: label, excluded: excluded === 1 };
    for (let at = 0; at < ids.length; at += idLength) labels.set(ids.slice(at, at + idLength), now);
  }
  return labels;
}
