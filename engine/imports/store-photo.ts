import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { PhotoId } from '../../contract/index.ts';
import { findLabel, findOrMakeLabel } from '../library/labels.ts';
import type { Library } from '../library/library.ts';
import { renamedLabels } from '../library/renamed-labels.ts';
import type { Step } from '../library/step.ts';
import type { ReadPhoto } from './read-photo.ts';
import type { FoundFile } from './scan-folders.ts';

/** What storing a file meant for the library. `conflict`: the same bytes lie in folders of different labels. */
export interface Stored {
  kind: 'imported' | 'duplicate' | 'unchanged' | 'skipped';
  conflict: boolean;
}

type Taken = Exclude<ReadPhoto, { kind: 'skipped' }>;
interface Location {
  path: string;
  photo: string;
  label: string | null;
  missing: number;
}
const locationRow = z.object({
  path: z.string(),
  photo: z.string(),
  label: z.string().nullable(),
  missing: z.number(),
});

const nameRow = z.object({ name: z.string() });

/** Stores what came of a file, in the transaction of `step`, which takes the labels so that undo can take them back. */
export function storePhoto(step: Step, read: ReadPhoto, groupByFolder: boolean): Stored {
  const { library } = step;
  if (read.kind === 'skipped') {
    const { path, code, reason } = read;
    library.run('INSERT OR REPLACE INTO skipped (path, code, reason) VALUES (?, ?, ?)', path, code, reason);
    library.run('UPDATE locations SET missing = 1 WHERE path = ?', path);
    return { kind: 'skipped', conflict: false };
  }
  const { file, id } = read;
  const last = library.first(locationRow, 'SELECT * FROM locations WHERE path = ?', file.path);
  const saysTheSame = last?.missing === 0 && (file.label === null || file.label === last.label);
  if (read.kind === 'unchanged' && saysTheSame && file.choices === null && !groupByFolder)
    return { kind: 'unchanged', conflict: false };
  const isNew = read.kind === 'new' && insertPhoto(library, read);
  const places = isNew ? [] : library.all(locationRow, 'SELECT * FROM locations WHERE photo = ?', id);
  const elsewhere = places.filter((place) => place.path !== file.path && isStillThere(library, place, read));
  const isAlone = elsewhere.length === 0;

  // A photo that was edited in place is still the one that a person labelled or excluded.
  if (isNew && last)
    library.run(
      'UPDATE photos SET excluded = (SELECT excluded FROM photos WHERE id = ?) WHERE id = ?',
      last.photo,
      id,
    );
  const conflict = !takeLabel(step, { id, file, last, places, isNew, isAlone });
  if (isAlone) takePlace(library, id, file, groupByFolder);
  saveLocation(library, id, file, last);
  if (isNew) return { kind: 'imported', conflict };
  const isKnownHere = read.kind === 'unchanged' || last?.photo === id;
  return { kind: isKnownHere || isAlone ? 'unchanged' : 'duplicate', conflict };
}

/** False when the photo was stored before. */
function insertPhoto(library: Library, { id, file, photo }: Taken & { kind: 'new' }): boolean {
  const added = library.run(
    `INSERT OR IGNORE INTO photos (id, width, height, bytes, format, taken_at, camera, perceptual_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    photo.width,
    photo.height,
    file.size,
    photo.format,
    photo.exif.takenAt,
    photo.exif.camera,
    photo.perceptualHash,
  );
  return added === 1;
}

/** Whether a photo is still at another place; for bytes under a new path the disk is asked: they may have been moved. */
function isStillThere(library: Library, place: Location, read: Taken): boolean {
  if (place.missing === 1) return false;
  if (read.kind === 'unchanged' || existsSync(place.path)) return true;
  library.run('UPDATE locations SET missing = 1 WHERE path = ?', place.path);
  return false;
}

/**
 * Takes over what the folder calls the photo, unless a person has called it something else since. False when it
 * can't, because the same photo has another label from another folder.
 */
function takeLabel(
  step: Step,
  about: {
    id: PhotoId;
    file: FoundFile;
    last: Location | undefined;
    places: Location[];
    isNew: boolean;
    isAlone: boolean;
  },
): boolean {
  const { id, file, last, places, isNew, isAlone } = about;
  const { library } = step;
  const inherited = isNew && last ? labelOf(library, last.photo) : null;
  const label = inherited ?? nameNow(library, file.label);
  if (label === null || (last?.photo === id && last.label === label)) return true;
  const current = isNew ? null : labelOf(library, id);
  if (current === label) return true;
  const fromFolders = (isAlone ? places : last ? [last] : []).map((place) => nameNow(library, place.label));
  if (current !== null && !fromFolders.includes(current)) return isAlone;
  step.change('photo.label', id, findOrMakeLabel(step, label));
  return true;
}

/** What a label is called now that a folder is named after; a folder does not hear of it when its label is renamed. */
function nameNow(library: Library, folder: string | null): string | null {
  if (folder === null || findLabel(library, folder) !== null) return folder;
  return renamedLabels(library).get(folder) ?? folder;
}

function labelOf(library: Library, photo: PhotoId): string | null {
  const sql =
    'SELECT labels.name FROM photos JOIN labels ON labels.number = photos.label WHERE photos.id = ?';
  return library.first(nameRow, sql, photo)?.name ?? null;
}

/** What the folder means for the split; never for a photo that has its split already. */
function takePlace(library: Library, id: PhotoId, file: FoundFile, groupByFolder: boolean): void {
  const folder = groupByFolder ? dirname(file.path) : null;
  const choices = file.choices?.join(' ') ?? null;
  library.run(
    `UPDATE photos SET folder = coalesce(?, folder), choices = coalesce(?, choices)
     WHERE id = ? AND split IS NULL`,
    folder,
    choices,
    id,
  );
}

function saveLocation(library: Library, id: PhotoId, file: FoundFile, last: Location | undefined): void {
  library.run(
    `INSERT INTO locations (path, photo, size, modified, label) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET photo = excluded.photo, size = excluded.size,
       modified = excluded.modified, label = excluded.label, missing = 0`,
    file.path,
    id,
    file.size,
    file.modified,
    file.label ?? last?.label ?? null,
  );
  library.run('DELETE FROM skipped WHERE path = ?', file.path);
}
