import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ScenelabError, Split, type PhotoDetails, type PhotoId } from '../../contract/index.ts';
import type { Library } from './library.ts';

const row = z.object({
  id: z.string(),
  path: z.string(),
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
  takenAt: z.string().nullable(),
  camera: z.string().nullable(),
  label: z.string().nullable(),
  split: Split.nullable(),
  excluded: z.number(),
});

/** All that the library knows of one photo. Of several places where its bytes lie, one that still exists. Throws NOT_FOUND. */
export function readPhotoDetails(
  library: Library,
  id: PhotoId,
): Omit<PhotoDetails, 'predictions' | 'exposure'> {
  const places = library.all(
    row,
    `SELECT photos.id, locations.path, width, height, bytes, taken_at AS takenAt, camera, labels.name AS label, split, excluded
     FROM photos JOIN locations ON locations.photo = photos.id LEFT JOIN labels ON labels.number = photos.label
     WHERE photos.id = ? ORDER BY locations.missing, locations.path`,
    id,
  );
  const there = places.find(({ path }) => existsSync(path));
  const place = there ?? places[0];
  if (!place)
    throw new ScenelabError('NOT_FOUND', `Photo ${id} is not in this project`, '', 'Import it again');
  return { ...place, excluded: place.excluded === 1, found: there !== undefined };
}
