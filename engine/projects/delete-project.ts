import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFailure } from '../files/write-failure.ts';
import { databaseName } from '../library/index.ts';

/** All that Scenelab keeps in a project's folder; `originals` are copies that a browser made of what was dropped. */
const parts = [
  'thumbnails',
  'tiles',
  'features',
  'runs',
  'originals',
  `${databaseName}-wal`,
  `${databaseName}-shm`,
  databaseName,
];

/**
 * Deletes a project that is closed. Whatever else lies in its folder stays, and the folder with it; photos are never
 * touched where a person keeps them.
 * @throws ScenelabError NOT_WRITABLE
 */
export async function deleteProject(folder: string): Promise<void> {
  try {
    // The database last: broken off before, it is still a project and can be deleted again.
    for (const part of parts) await rm(join(folder, part), { recursive: true, force: true });
    if ((await readdir(folder)).length === 0) await rmdir(folder);
  } catch (error) {
    throw writeFailure(error, folder);
  }
}
