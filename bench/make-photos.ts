import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomFor } from '../engine/random.ts';

/** Folders of generated photos, one per label. */
export const labels = ['beach', 'city', 'forest', 'mountain', 'plant'];

/** `count` pictures of coloured tiles, 800 × 600, in folders of their labels, which decide their main colour; no two are alike. */
export async function makePhotos(folder: string, count: number): Promise<void> {
  for (const label of labels) mkdirSync(join(folder, label), { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const label = index % labels.length;
    const random = randomFor('bench photo', index);
    const tiles = Uint8Array.from(
      { length: 12 * 9 * 3 },
      (_, i) => 180 * random() + (i % 3 === label % 3 ? 50 : 0),
    );
    await sharp(tiles, { raw: { width: 12, height: 9, channels: 3 } })
      .resize(800, 600, { kernel: label < 3 ? 'nearest' : 'cubic' })
      .jpeg()
      .toFile(join(folder, labels[label] ?? '', `${index}.jpg`));
  }
}

/** `count` photos of twelve megapixels in `folder`, with the detail, and so the bytes, of a camera's. */
export async function makeCameraPhotos(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const [width, height] = [4000, 3000];
  const noise = (width: number, height: number, sigma: number) =>
    sharp({
      create: {
        width,
        height,
        channels: 3,
        background: '#000000',
        noise: { type: 'gaussian', mean: 128, sigma },
      },
    });
  // The same grain on all of them: a new one would take seconds.
  const grain = await noise(width, height, 12).raw().toBuffer();
  const input = { input: grain, raw: { width, height, channels: 3 }, blend: 'hard-light' } as const;
  for (let index = 0; index < count; index += 1)
    await noise(40, 30, 60)
      .resize(width, height)
      .composite([input])
      .jpeg({ quality: 92 })
      .toFile(join(folder, `${index}.jpg`));
}
