import { existsSync } from 'node:fs';
import { readdir, rm, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { StorageReport } from '../../contract/index.ts';
import { sizeOf } from '../files/size-of.ts';
import { writeFailure } from '../files/write-failure.ts';
import { cacheFolder, userDataFolder } from '../folders.ts';
import { folderName } from '../library/index.ts';
import { listKnownProjects } from './known-projects.ts';

/** In the cache folder, made or fetched again when it is needed. TensorFlow's libraries lie beside them, in use. */
const sharedCaches = ['previews', 'predicted', 'downloads', 'backbones'];

/** What takes up room on this machine. */
export async function readStorage(): Promise<StorageReport> {
  const known = listKnownProjects().filter(({ folder }) => existsSync(folder));
  const projects = await Promise.all(
    known.map(async ({ folder, name }) => ({
      project: folder,
      name: name ?? folderName(folder),
      bytes: await sizeOf(folder),
      cacheBytes: await sizeOf(join(folder, 'features')),
    })),
  );
  const cache = cacheFolder();
  const inCache = await readdir(cache).catch(() => []);
  const libraries = inCache.filter((name) => name.startsWith('tensorflow-'));
  const sum = async (names: readonly string[]) =>
    (await Promise.all(names.map((name) => sizeOf(join(cache, name))))).reduce((a, b) => a + b, 0);
  const disk = await statfs(existsSync(userDataFolder()) ? userDataFolder() : homedir()).catch(() => null);
  return {
    projects: projects.toSorted((a, b) => b.bytes - a.bytes),
    cacheFolder: cache,
    cacheBytes: await sum(sharedCaches),
    runtimeBytes: await sum(libraries),
    backboneBytes: await sizeOf(join(userDataFolder(), 'backbones')),
    labBytes: await sizeOf(join(userDataFolder(), 'lab')),
    freeBytes: disk ? disk.bavail * disk.bsize : null,
  };
}

/**
 * Deletes the feature caches of projects and, with `shared`, what is kept for all of them: all of it comes again when it
 * is needed, for nothing but time. No training may run in the projects. Gives the bytes that are free now.
 * @throws ScenelabError NOT_WRITABLE
 */
export async function clearCaches(projects: readonly string[], shared: boolean): Promise<number> {
  const folders = [
    ...projects.map((project) => join(project, 'features')),
    ...(shared ? sharedCaches.map((name) => join(cacheFolder(), name)) : []),
  ];
  let freed = 0;
  for (const folder of folders)
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const bytes = await sizeOf(path);
      await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
        throw writeFailure(error, folder);
      });
      freed += bytes;
    }
  return freed;
}
