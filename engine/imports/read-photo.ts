import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { PhotoId, SkipCode } from '../../contract/index.ts';
import { libraryError } from '../library/library-error.ts';
import type { Library } from '../library/library.ts';
import {
  photoId,
  readPhotoFile,
  readWorkingCopy,
  skippedBy,
  sniffFormat,
  type WorkingCopy,
} from '../photos/index.ts';
import type { FoundFile } from './scan-folders.ts';

/** What is stored of a photo besides its working copy, which is on disk already. */
interface NewPhoto extends Omit<WorkingCopy, 'image' | 'makeTile' | 'perceptualHash'> {
  /** 16 hex digits. */
  perceptualHash: string;
}

/** What came of a file that was found. */
export type ReadPhoto =
  | { kind: 'unchanged'; file: FoundFile; id: PhotoId }
  /** Its bytes are in the library already, perhaps under another path. */
  | { kind: 'known'; file: FoundFile; id: PhotoId }
  | { kind: 'new'; file: FoundFile; id: PhotoId; photo: NewPhoto }
  | { kind: 'skipped'; path: string; code: SkipCode; reason: string };

/** From this size on a file's head is looked at first: it may be an archive or a disk image. */
const largeFile = 64 * 2 ** 20;
const locationRow = z.object({ photo: z.string(), size: z.number(), modified: z.number() });

/**
 * Gives the function that reads a file once: id, working copy (on disk when it returns), EXIF. A file whose size and time
 * are those of its last import isn't opened; bytes that are in the library, or being read, aren't decoded. The function
 * throws DISK_FULL or NOT_WRITABLE; what is wrong with the file itself is a skip.
 */
export async function photoReader(library: Library): Promise<(file: FoundFile) => Promise<ReadPhoto>> {
  const copies = await listWorkingCopies(library);
  const reading = new Map<PhotoId, Promise<NewPhoto>>();

  const makeCopy = async (bytes: Buffer, id: PhotoId): Promise<NewPhoto> => {
    const { image, makeTile, perceptualHash, ...original } = await readWorkingCopy(bytes);
    // The working copy last: where it is, so is the tile.
    await writeWhole(library, library.tilePath(id), await makeTile());
    await writeWhole(library, library.workingCopyPath(id), image);
    copies.add(id);
    return { ...original, perceptualHash: perceptualHash.toString(16).padStart(16, '0') };
  };

  return async (file) => {
    const last = library.first(
      locationRow,
      'SELECT photo, size, modified FROM locations WHERE path = ?',
      file.path,
    );
    if (last?.size === file.size && last.modified === file.modified && copies.has(last.photo))
      return { kind: 'unchanged', file, id: last.photo };
    try {
      if (file.size > largeFile) await sniffHead(file.path);
      using read = await readPhotoFile(file.path);
      const { bytes } = read;
      const id = photoId(bytes);
      if (copies.has(id) && library.has('SELECT 1 FROM photos WHERE id = ?', id))
        return { kind: 'known', file, id };
      const photo = reading.get(id) ?? makeCopy(bytes, id).finally(() => reading.delete(id));
      reading.set(id, photo);
      return { kind: 'new', file, id, photo: await photo };
    } catch (error) {
      return { kind: 'skipped', ...skippedBy(error, file.path) };
    }
  };
}

async function sniffHead(path: string): Promise<void> {
  const file = await open(path).catch(() => null);
  if (!file) return; // `readPhotoFile` says why
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536));
    sniffFormat(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

async function listWorkingCopies(library: Library): Promise<Set<PhotoId>> {
  const folder = join(library.folder, 'thumbnails');
  const names = await Promise.all(
    (await readdir(folder)).map((shard) => readdir(join(folder, shard)).catch(() => [])),
  );
  return new Set(names.flat().flatMap((name) => (name.endsWith('.jpg') ? [name.slice(0, -4)] : [])));
}

/** Whole or not at all: a kill leaves at most a `.part`, which the next import writes over. */
async function writeWhole(library: Library, path: string, image: Buffer): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.part`, image);
    await rename(`${path}.part`, path);
  } catch (error) {
    await rm(`${path}.part`, { force: true });
    throw libraryError(error, library.folder);
  }
}
