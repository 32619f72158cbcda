import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { codeOf, PhotoId, PhotoSize } from '../contract/index.ts';

const PhotoAddress = z.object({ size: PhotoSize, key: z.string().regex(/^[0-9a-f]{16}$/), photo: PhotoId });
/** A photo of a project, both by id: `photo://<size>/<project key>/<photo id>`. */
export type PhotoAddress = z.infer<typeof PhotoAddress>;

/** Reads such an address; null when it is none. */
export function parsePhotoAddress(address: string): PhotoAddress | null {
  const parts = /^photo:\/\/([^/]*)\/([^/]*)\/([^/]*)$/.exec(address);
  if (!parts) return null;
  const [, size, key, photo] = parts;
  return PhotoAddress.safeParse({ size, key, photo }).data ?? null;
}

/** Answers the address of a photo with its JPEG. `fileOf` asks the engine, which alone knows paths; throws NOT_FOUND. */
export async function answerPhoto(
  address: string,
  fileOf: (photo: PhotoAddress) => Promise<{ path: string }>,
): Promise<Response> {
  const photo = parsePhotoAddress(address);
  if (!photo) return new Response(null, { status: 400 });
  try {
    const body = await readFile((await fileOf(photo)).path);
    return new Response(body, {
      headers: {
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        // The id is the hash of the photo's bytes.
        'cache-control': 'private, max-age=31536000, immutable',
      },
    });
  } catch (error) {
    const code = codeOf(error);
    return new Response(null, { status: code === 'NOT_FOUND' || code === 'ENOENT' ? 404 : 500 });
  }
}
