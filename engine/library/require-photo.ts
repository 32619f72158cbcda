import { ScenelabError, type PhotoId } from '../../contract/index.ts';
import type { Library } from './library.ts';

/** Throws NOT_FOUND when the library has no photo of this id. */
export function requirePhoto(library: Library, id: PhotoId): void {
  if (library.has('SELECT 1 FROM photos WHERE id = ?', id)) return;
  throw new ScenelabError(
    'NOT_FOUND',
    `There is no photo ${id} in ${library.folder}`,
    'the id of a photo of this project',
    'Import the photo first',
  );
}
