import type { PhotoId } from '../../contract/index.ts';
import type { Library } from './library.ts';
import { requirePhoto } from './require-photo.ts';
import { inStep } from './step.ts';

/**
 * Leaves photos out of training and counting, or takes them in again, as one step that undo takes back. Gives the number
 * of photos that this changed. Throws NOT_FOUND, and then has changed nothing.
 */
export function excludePhotos(library: Library, photos: readonly PhotoId[], excluded = true): number {
  const what = photos.length === 1 ? 'a photo' : `${photos.length} photos`;
  return inStep(library, `${excluded ? 'Exclude' : 'Include'} ${what}`, (step) => {
    let changed = 0;
    for (const photo of photos) {
      requirePhoto(library, photo);
      if (step.change('photo.excluded', photo, excluded ? 1 : 0)) changed += 1;
    }
    return changed;
  });
}
