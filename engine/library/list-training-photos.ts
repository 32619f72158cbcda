import { z } from 'zod';
import { Split, type PhotoId } from '../../contract/index.ts';
import type { Library } from './library.ts';

/** A photo that training may use: labelled, split, not excluded, its original not gone. */
export interface TrainingPhoto {
  id: PhotoId;
  label: string;
  split: Split;
  /** Photos of a group are never parted. */
  group: string;
  /** Path of the working copy. */
  workingCopy: string;
  /** Path of the original. */
  path: string;
}

const row = z.object({
  id: z.string(),
  label: z.string(),
  split: Split,
  group: z.string(),
  path: z.string(),
});

/** Photos that training may use, in the order of their ids, so that it doesn't depend on the order of importing. */
export function listTrainingPhotos(library: Library): TrainingPhoto[] {
  return library
    .all(
      row,
      `SELECT photos.id, labels.name AS label, photos.split, coalesce(photos.group_id, photos.id) AS "group", min(locations.path) AS path
       FROM photos JOIN labels ON labels.number = photos.label JOIN locations ON locations.photo = photos.id
       WHERE photos.excluded = 0 AND photos.split IS NOT NULL AND locations.missing = 0
       GROUP BY photos.id ORDER BY photos.id`,
    )
    .map((photo) => ({ ...photo, workingCopy: library.workingCopyPath(photo.id) }));
}
