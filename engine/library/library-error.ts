import { codeOf, diskFull, notWritable, ScenelabError } from '../../contract/index.ts';
import { writeFailure } from '../files/write-failure.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html): the low byte of an extended one. */
const sqlite = {
  perm: 3,
  busy: 5,
  locked: 6,
  readonly: 8,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  notADatabase: 26,
};
/** Extended: the shared-memory file could not grow, which is how a full disk shows in WAL mode. */
const sharedMemorySize = 4874;

/** Says what a failure of SQLite or of the file system means for a project; what is neither comes back as it is. */
export function libraryError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error;
  if ('errcode' in error && typeof error.errcode === 'number') return ofSqlite(error, error.errcode, folder);
  // Where a project's folder should be there is none, or something else.
  if (['EISDIR', 'ENOENT'].includes(codeOf(error) ?? '')) return notWritable(folder, error);
  return writeFailure(error, folder);
}

function ofSqlite(error: Error, code: number, folder: string): unknown {
  if (code === sharedMemorySize) return diskFull(folder, error);
  switch (code & 0xff) {
    case sqlite.full:
      return diskFull(folder, error);
    case sqlite.perm:
    case sqlite.readonly:
    case sqlite.cantOpen:
      return notWritable(folder, error);
    case sqlite.busy:
    case sqlite.locked:
      return new ScenelabError(
        'PROJECT_BUSY',
        `Another program is writing to ${folder}`,
        '',
        'Wait for it or close it, then try again',
        error,
      );
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return corrupt(folder, error.message, error);
    default:
      return error;
  }
}

/** A project's folder was deleted, or its disk was pulled. */
export function projectGone(folder: string): ScenelabError {
  return new ScenelabError(
    'NOT_FOUND',
    `The project's folder ${folder} is gone`,
    '',
    'Connect its disk, or remove the project from the list',
  );
}

/** The project file is damaged or is no project file; it is left as it is. */
export function corrupt(folder: string, found: string, cause?: unknown): ScenelabError {
  return new ScenelabError(
    'PROJECT_CORRUPT',
    `The project file in ${folder} cannot be read (${found})`,
    'a Scenelab project',
    'Nothing was changed. Put back a copy of project.db, or import the photos into a new project',
    cause,
  );
}
