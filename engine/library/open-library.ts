import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import { corrupt, libraryError } from './library-error.ts';
import { Library } from './library.ts';
import { databaseName, isProject } from './project-name.ts';
import { applicationId, migrations } from './schema.ts';

const busyMilliseconds = 2000;

export interface OpenOptions {
  /** Make the project when there is none. */
  create?: boolean;
}

/**
 * Opens a project folder, or makes one. The database is in WAL mode, so that a kill at any instant loses nothing that was
 * stored. Throws NOT_FOUND, PROJECT_TOO_NEW, PROJECT_CORRUPT, PROJECT_BUSY, NOT_WRITABLE or DISK_FULL, and then has
 * changed nothing.
 */
export function openLibrary(folder: string, { create = false }: OpenOptions = {}): Library {
  const place = resolve(folder);
  const file = join(place, databaseName);
  if (!create && !isProject(place))
    throw new ScenelabError(
      'NOT_FOUND',
      `There is no project in ${place}`,
      'one that importing photos, or training on their folder, has made',
      'Check the path, or do one of these first',
    );
  let database: DatabaseSync | undefined;
  try {
    if (create) makeFolder(place);
    database = new DatabaseSync(file, { timeout: busyMilliseconds });
    prepare(database, place);
    for (const part of ['thumbnails', 'features', 'runs']) mkdirSync(join(place, part), { recursive: true });
    return new Library(place, database);
  } catch (error) {
    database?.close();
    throw libraryError(error, place);
  }
}

/** A project never moves in among somebody's photos: there they would be passed over as its own files. */
function makeFolder(place: string): void {
  mkdirSync(place, { recursive: true });
  const names = readdirSync(place).filter((name) => !name.startsWith('.'));
  if (names.length === 0 || names.includes(databaseName)) return;
  throw new ScenelabError(
    'NOT_WRITABLE',
    `${place} holds other things already`,
    'a project, an empty folder or a new one',
    'Name another folder for the project; nothing was changed',
  );
}

function prepare(database: DatabaseSync, folder: string): void {
  // Look before touching: a file of a newer version or of another program must stay as it is.
  const version = checkedVersion(database, folder);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000');
  if (version === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again: another process may have made it in the meantime.
    const found = checkedVersion(database, folder);
    for (const migration of migrations.slice(found)) database.exec(migration);
    database.exec(
      `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`,
    );
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function checkedVersion(database: DatabaseSync, folder: string): number {
  const version = pragma(database, 'user_version');
  const isEmpty = pragma(database, 'schema_version') === 0;
  if (isEmpty) return 0;
  if (pragma(database, 'application_id') !== applicationId)
    throw corrupt(folder, 'a database of another program');
  if (version > migrations.length)
    throw new ScenelabError(
      'PROJECT_TOO_NEW',
      `The project in ${folder} was written by a newer Scenelab (its version ${version})`,
      `version ${migrations.length} or older`,
      'Update Scenelab to open it',
    );
  const check = z.object({ quick_check: z.string() }).parse(database.prepare('PRAGMA quick_check(1)').get());
  if (check.quick_check !== 'ok') throw corrupt(folder, check.quick_check);
  return version;
}

function pragma(database: DatabaseSync, name: 'user_version' | 'schema_version' | 'application_id'): number {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return z.number().parse(row?.[name]);
}
