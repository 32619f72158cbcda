import type { LabelInput } from '../../contract/index.ts';
import { findOrMakeLabel, labelName } from './labels.ts';
import type { Library } from './library.ts';
import { inStep } from './step.ts';
import { requirePhoto } from './require-photo.ts';

/**
 * Labels photos, or takes their label away (null), as one step that undo takes back; a label that doesn't exist is made.
 * Gives the number of photos whose label changed. Throws NOT_FOUND, and then has changed nothing, for a photo that is not
 * in the library.
 */
export function labelPhotos(
  library: Library,
  changes: LabelInput['changes'],
  title = `Label ${changes.length === 1 ? 'a photo' : `${changes.length} photos`}`,
): number {
  return inStep(library, title, (step) => {
    let changed = 0;
    for (const { photo, label } of changes) {
      requirePhoto(library, photo);
      const name = label === null ? '' : labelName(label);
      if (step.change('photo.label', photo, name === '' ? null : findOrMakeLabel(step, name))) changed += 1;
    }
    return changed;
  });
}
