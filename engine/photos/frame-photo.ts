import type { Framing } from '../../contract/index.ts';
import { sharp } from './sharp.ts';

const fits = { stretch: 'fill', crop: 'cover', fit: 'contain' } as const;
/** The networks' mean value, so that a bar is nothing to them. */
const grey = { r: 127, g: 127, b: 127 };

/**
 * A working copy as the square that a network sees: [size, size, 3] uint8 RGB, resized by the cubic kernel (Catmull–Rom, widened
 * when it shrinks). The same bytes for the same photo in training, preview and prediction.
 */
export async function framePhoto(image: Buffer, size: number, framing: Framing): Promise<Uint8Array> {
  return await sharp(image)
    .resize(size, size, { fit: fits[framing], kernel: 'cubic', background: grey, fastShrinkOnLoad: false })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}
