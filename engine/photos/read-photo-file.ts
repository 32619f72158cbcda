import { open, stat } from 'node:fs/promises';
import { codeOf, type SkipCode } from '../../contract/index.ts';
import { lendMemory, type LentMemory } from './lend-memory.ts';
import { SkipError } from './skip-error.ts';

/** Largest file that is read. RAW files of today's largest sensors are a quarter of it. */
const largestFile = 1024 ** 3;

const failures: Record<string, [SkipCode, string]> = {
  ENOENT: ['NOT_READABLE', 'The file is not there any more.'],
  EACCES: ['NOT_READABLE', 'You have no permission to read this file.'],
  EPERM: ['NOT_READABLE', 'You have no permission to read this file.'],
  ELOOP: ['LINK_LOOP', 'This link leads back to itself.'],
};

/** All bytes of a photo's file, read once for its id, its EXIF and its pixels. Throws {@link SkipError}. */
export async function readPhotoFile(path: string): Promise<LentMemory> {
  try {
    // Asked before opening: opening a pipe would wait for its writer for ever.
    const found = await stat(path);
    if (found.isDirectory()) throw new SkipError('NOT_A_PHOTO', 'This is a folder, not a photo.');
    if (!found.isFile()) throw new SkipError('NOT_A_PHOTO', 'This is not an ordinary file.');
    if (found.size > largestFile) throw new SkipError('TOO_LARGE', 'The file is larger than 1 GB.');
    if (found.size === 0) throw new SkipError('EMPTY_FILE', 'The file is empty (0 bytes).');
    return await readBytes(path, found.size);
  } catch (error) {
    if (error instanceof SkipError) throw error;
    const code = codeOf(error) ?? 'unknown error';
    const [skip, reason] = failures[code] ?? [
      'NOT_READABLE',
      `The file can't be read from its disk (${code}).`,
    ];
    throw new SkipError(skip, reason, error);
  }
}

/** The first `size` bytes of a file, or all where it has become shorter. */
async function readBytes(path: string, size: number): Promise<LentMemory> {
  const memory = lendMemory(size);
  try {
    await using file = await open(path);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(memory.bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { bytes: memory.bytes.subarray(0, length), [Symbol.dispose]: () => memory[Symbol.dispose]() };
  } catch (error) {
    memory[Symbol.dispose]();
    throw error;
  }
}
