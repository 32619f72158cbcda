import { join } from 'node:path';
import { ImportInput, type Notice, type Progress } from '../../contract/index.ts';
import { appFolder } from '../app-folder.ts';
import { importPhotos } from '../imports/index.ts';
import { findProject, type Library, type OpenOptions } from '../library/index.ts';

/** Opens a project, or makes it. */
export type OpenLibrary = (project: string, options?: OpenOptions) => Library;

const sampleFolder = join(appFolder, 'assets/sample');

/**
 * The project of the photos that an experiment learns from, opened by `library`: the one at a path, or that of a folder, whose photos
 * are imported as `scenelab train` does; without a path that of the sample photos.
 * @throws ScenelabError NOT_FOUND, and as an import
 */
export async function* openPhotos(
  library: OpenLibrary,
  path: string | null,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, Library> {
  const { project, photos } = findProject(path ?? sampleFolder);
  if (photos === null) return library(project);
  const opened = library(project, { create: true });
  yield* importPhotos(opened, ImportInput.parse({ project, folders: [photos] }), signal);
  return opened;
}
