import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ScenelabError } from '../../contract/index.ts';
import { projectsFolder } from '../folders.ts';
import { isProject, projectEnding } from './project-name.ts';

/** A project's folder; `photos` is the folder of photos that it is kept for, null when the path was the project's own. */
export interface FoundProject {
  readonly project: string;
  readonly photos: string | null;
}

/**
 * The project that a path means. A folder of photos has one in the user's data folder, named after it; the digits of its
 * path's SHA-256 keep two folders of one name apart.
 * @throws ScenelabError NOT_FOUND
 */
export function findProject(path: string): FoundProject {
  const folder = resolve(path);
  if (folder.endsWith(projectEnding) || isProject(folder)) return { project: folder, photos: null };
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ScenelabError(
      'NOT_FOUND',
      existsSync(folder) ? `${folder} is not a folder` : `There is no folder ${folder}`,
      'a folder of photos, or a project',
      'Check the path',
    );
  const digits = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return { project: join(projectsFolder(), `${basename(folder)}~${digits}${projectEnding}`), photos: folder };
}
