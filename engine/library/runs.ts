import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import type { Library } from './library.ts';
import { libraryError } from './library-error.ts';

/** `running` is also what a run that was killed is left as: the one to go on with. */
export const RunState = z.enum(['running', 'finished', 'failed']);
export type RunState = z.infer<typeof RunState>;

/** A training run; its files are in `library.runFolder(id)`. */
export interface Run {
  id: string;
  /** As JSON; of a finished run those that its model was trained with. */
  settings: string;
  /** Says which runs are the same work: of everything that decides the result but the photos. */
  settingsHash: string;
  /** Of the photos, labels and splits it began with. */
  dataHash: string;
  state: RunState;
  /** ISO 8601. */
  startedAt: string;
  finishedAt: string | null;
}

const runRow = z.object({
  id: z.string(),
  settings: z.string(),
  settingsHash: z.string(),
  dataHash: z.string(),
  state: RunState,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
});
const columns = `id, settings, settings_hash AS settingsHash, data_hash AS dataHash, state,
  started_at AS startedAt, finished_at AS finishedAt`;

/** Notes that a run begins, and makes its folder. */
export function startRun(
  library: Library,
  { settings, settingsHash, dataHash }: { settings: unknown; settingsHash: string; dataHash: string },
): Run {
  const startedAt = new Date().toISOString();
  const id = `${startedAt.slice(0, 19).replace('T', '-').replaceAll(':', '')}-${randomBytes(3).toString('hex')}`;
  const run: Run = {
    id,
    settings: JSON.stringify(settings),
    settingsHash,
    dataHash,
    state: 'running',
    startedAt,
    finishedAt: null,
  };
  try {
    mkdirSync(library.runFolder(id), { recursive: true });
  } catch (error) {
    throw libraryError(error, library.folder);
  }
  library.run(
    'INSERT INTO runs (id, settings, settings_hash, data_hash, state, started_at) VALUES (?, ?, ?, ?, ?, ?)',
    run.id,
    run.settings,
    run.settingsHash,
    run.dataHash,
    run.state,
    run.startedAt,
  );
  return run;
}

/** Notes how a run ended; `settings` where it was trained with others than it began with. */
export function finishRun(
  library: Library,
  id: string,
  state: Exclude<RunState, 'running'>,
  settings: unknown = null,
): void {
  library.run(
    'UPDATE runs SET state = ?, finished_at = ?, settings = coalesce(?, settings) WHERE id = ?',
    state,
    new Date().toISOString(),
    settings === null ? null : JSON.stringify(settings),
    id,
  );
}

/** The newest run of these settings that was begun and not ended. */
export function findUnfinishedRun(library: Library, settingsHash: string): Run | null {
  const sql = `SELECT ${columns} FROM runs WHERE settings_hash = ? AND state = 'running' ORDER BY rowid DESC LIMIT 1`;
  return library.first(runRow, sql, settingsHash) ?? null;
}

/** Every run, the newest first. */
export function listRuns(library: Library): Run[] {
  return library.all(runRow, `SELECT ${columns} FROM runs ORDER BY rowid DESC`);
}
