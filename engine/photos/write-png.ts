import { sharp } from './sharp.ts';

/** Pixels as they come from a network: `[height, width, channels]` uint8, grey or RGB. */
export interface RawPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** Writes a picture as PNG, its pixels enlarged as squares, so that its long side has about `side` pixels. */
export async function writePng(path: string, picture: RawPicture, side: number): Promise<void> {
  const { data, width, height, channels } = picture;
  const times = Math.max(1, Math.round(side / Math.max(width, height)));
  await sharp(data, { raw: { width, height, channels } })
    .resize(width * times, height * times, { kernel: 'nearest' })
    .png()
    .toFile(path);
}
