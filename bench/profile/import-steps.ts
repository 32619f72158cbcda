import { readFile } from 'node:fs/promises';
import { perceptualHash } from '../../engine/photos/perceptual-hash.ts';
import { photoId } from '../../engine/photos/photo-id.ts';
import { sharp } from '../../engine/photos/sharp.ts';
import { framePhoto } from '../../engine/photos/frame-photo.ts';
import { spent } from '../turns/spent.ts';

const inside = { fit: 'inside', withoutEnlargement: true } as const;

/** Milliseconds of processor time that each step of importing and framing a photo takes, done alone, one photo at a time. */
export async function importSteps(paths: readonly string[]): Promise<Map<string, number>> {
  const took = new Map<string, number>();
  const step = async <T>(name: string, work: () => Promise<T> | T): Promise<T> => {
    let result: { value: T } | undefined;
    const { processor } = await spent(async () => (result = { value: await work() }));
    took.set(name, (took.get(name) ?? 0) + (1000 * processor) / paths.length);
    if (!result) throw new Error(name);
    return result.value;
  };
  for (const path of paths) {
    const bytes = await step('reading the file', () => readFile(path));
    await step('hashing (SHA-256)', () => photoId(bytes));
    const { width, height } = await sharp(bytes).metadata();
    const raw = { resolveWithObject: true } as const;
    // libjpeg itself halves a photo up to three times while it decodes; only the rest is left for resizing.
    const halvings = Math.min(3, Math.max(0, Math.floor(Math.log2(Math.max(width, height) / 512))));
    const decoded = await step('decoding', () =>
      sharp(bytes)
        .resize(Math.ceil(width / 2 ** halvings))
        .raw()
        .toBuffer(raw),
    );
    const small = await step('shrinking', () =>
      sharp(decoded.data, { raw: decoded.info }).resize(512, 512, inside).raw().toBuffer(raw),
    );
    await step('perceptual hash', () => perceptualHash({ data: small.data, ...small.info }));
    const jpeg = await step('encoding the working copy', () =>
      sharp(small.data, { raw: small.info }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
    );
    await step('framing it for the network', () => framePhoto(jpeg, 224, 'crop'));
  }
  return took;
}
