import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { PhotoId } from '../contract/index.ts';
import type { FeatureCache } from '../engine/features/index.ts';
import { openLibrary, type Library } from '../engine/library/index.ts';
import { randomFor, type Random } from '../engine/random.ts';

export const classNames = ['beach', 'city', 'forest', 'mountain', 'plant'];
/** One label in so many is wrong, as in real life: no head has no loss. */
const wrong = 20;
/** What a photo shows, before the network makes features of it. */
const hidden = 96;

/**
 * A project of `count` labelled photos of which there are no files, only features (see `fillCache`): what training does with a
 * library of that size can be measured without embedding it.
 */
export function makeUpLibrary(folder: string, count: number): Library {
  const library = openLibrary(folder, { create: true });
  library.transaction(() => {
    classNames.forEach((name, at) =>
      library.run(
        'INSERT INTO labels (number, name, position, colour, deleted) VALUES (?, ?, ?, ?, 0)',
        at + 1,
        name,
        at,
        at,
      ),
    );
    for (const [index, id] of idsOf(count).entries()) {
      const label = index % wrong === 0 ? (index / wrong) % classNames.length : index % classNames.length;
      library.run(
        `INSERT INTO photos (id, width, height, bytes, format, perceptual_hash, label)
         VALUES (?, 800, 600, 100000, 'jpeg', ?, ?)`,
        id,
        id.slice(0, 16),
        label + 1,
      );
      const path = join(folder, 'photos', classNames[label] ?? '', `${index}.jpg`);
      library.run('INSERT INTO locations (path, photo, size, modified) VALUES (?, ?, 100000, 0)', path, id);
    }
  });
  return library;
}

/**
 * Features of `variants` versions of each photo: sparse, not negative, correlated and of some rank, as those of the network
 * are, with a class that overlaps with the others.
 */
export function fillCache(cache: FeatureCache, count: number, variants: number): void {
  const random = randomFor('made-up features');
  const size = cache.valuesPerRow;
  const mixing = Float32Array.from({ length: size * hidden }, () => normal(random) / Math.sqrt(hidden));
  const classes = classNames.map(() => Float32Array.from({ length: hidden }, () => 0.45 * normal(random)));
  const [photo, row] = [new Float32Array(hidden), new Float32Array(size)];
  for (const [index, id] of idsOf(count).entries()) {
    const centre = classes[index % classes.length] ?? photo;
    photo.forEach((_, i) => (photo[i] = (centre[i] ?? 0) + normal(random)));
    for (let variant = 0; variant < variants; variant++) {
      const shown = photo.map((value) => value + 0.2 * (variant === 0 ? 0 : normal(random)));
      for (let j = 0; j < size; j++) {
        let sum = 0.1 * normal(random);
        for (let i = 0; i < hidden; i++) sum += (mixing[j * hidden + i] ?? 0) * (shown[i] ?? 0);
        row[j] = Math.max(0, sum);
      }
      cache.append(id, variant, row);
    }
  }
}

/** In the order in which training embeds photos, so that their features lie in it, as they do in life. */
function idsOf(count: number): PhotoId[] {
  const ids = Array.from({ length: count }, (_, index) =>
    createHash('sha256').update(`made-up photo ${index}`).digest('hex'),
  );
  return ids.sort();
}

/** Nearly normal, mean 0 and deviation 1. */
function normal(random: Random): number {
  return (random() + random() + random() - 1.5) * 2;
}
