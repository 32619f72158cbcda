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
  if (!library.first(z.object({}), `SELECT 1 FROM photos WHERE ${isWaiting} LIMIT 1`)) return;
  // Photos without a label and excluded ones take part too: a burst is one whether all of it is labelled or not.
  const photos = library.all(
    photoRow,
    `SELECT photos.id, perceptual_hash AS perceptualHash, taken_at AS takenAt, camera, folder, choices,
       split, group_id AS "group", CASE excluded WHEN 0 THEN labels.name END AS label
     FROM photos LEFT JOIN labels ON labels.number = photos.label`,
  );
  library.transaction(() => {
    for (const [id, { split, group }] of splitPhotos(photos, library.seed))
      library.run('UPDATE photos SET split = ?, group_id = ? WHERE id = ?', split, group, id);
  });
}
