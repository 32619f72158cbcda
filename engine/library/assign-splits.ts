import { z } from 'zod';
import { Split } from '../../contract/index.ts';
import type { Library } from './library.ts';
import { splitPhotos } from './split-photos.ts';

const photoRow = z.object({
  id: z.string(),
  perceptualHash: z.string(),
  takenAt: z.string().nullable(),
  camera: z.string().nullable(),
  folder: z.string().nullable(),
  label: z.string().nullable(),
  choices: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : z.array(Split).parse(text.split(' ')))),
  split: Split.nullable(),
  group: z.string().nullable(),
});

/**
 * Gives every labelled photo that has no split yet its split (see `splitPhotos`), and stores it. Photos that have one keep it
 * for ever, whatever is imported or relabelled later.
 */
export function assignSplits(library: Library): void {
  const isWaiting = 'label IS NOT NULL AND excluded = 0 AND split IS NULL';
  if (!library.has(`SELECT 1 FROM present_photos WHERE ${isWaiting} LIMIT 1`)) return;
  // Photos that get no split take part too: a burst is one whether all of it is labelled or not.
  const photos = library.all(
    photoRow,
    `SELECT photos.id, photos.perceptual_hash AS perceptualHash, photos.taken_at AS takenAt, photos.camera,
       photos.folder, photos.choices, photos.split, photos.group_id AS "group", labels.name AS label
     FROM photos LEFT JOIN present_photos AS usable ON usable.number = photos.number AND usable.excluded = 0
     LEFT JOIN labels ON labels.number = usable.label`,
  );
  library.transaction(() => {
    for (const [id, { split, group }] of splitPhotos(photos))
      library.run('UPDATE photos SET split = ?, group_id = ? WHERE id = ?', split, group, id);
  });
}
