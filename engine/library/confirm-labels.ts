import { z } from 'zod';
import type { PhotoId } from '../../contract/index.ts';
import type { Library } from './library.ts';
import { readSetting, writeSetting } from './project-settings.ts';

/** Label numbers by photo. */
const Confirmed = z.record(z.string(), z.number());

/** Notes that a person looked at the labels of photos and says that they are right, or takes that back. */
export function confirmLabels(library: Library, photos: readonly PhotoId[], confirmed = true): void {
  library.transaction(() => {
    const known = Confirmed.parse(JSON.parse(readSetting(library, 'confirmed') ?? '{}'));
    for (const photo of photos) {
      const row = library.first(
        z.object({ label: z.number() }),
        'SELECT label FROM photos WHERE id = ? AND label IS NOT NULL',
        photo,
      );
      if (confirmed && row) known[photo] = row.label;
      else delete known[photo];
    }
    writeSetting(library, 'confirmed', JSON.stringify(known));
  });
}

/** Photos that still have the label which was confirmed. */
export function readConfirmed(library: Library): ReadonlySet<PhotoId> {
  const rows = library.all(
    z.object({ id: z.string() }),
    `SELECT photos.id FROM json_each(?) AS confirmed JOIN photos ON photos.id = confirmed.key
     WHERE photos.label = confirmed.value`,
    readSetting(library, 'confirmed') ?? '{}',
  );
  return new Set(rows.map(({ id }) => id));
}
