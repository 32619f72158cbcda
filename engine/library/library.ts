import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import type { PhotoId } from '../../contract/index.ts';
import { libraryError } from './library-error.ts';

/**
 * An open project: its folder and its database. What can be done with it are functions in the files beside this one; they
 * read and write through `all`, `first`, `has`, `run` and `transaction`, which throw coded errors (DISK_FULL, NOT_WRITABLE,
 * PROJECT_BUSY, PROJECT_CORRUPT). The folder holds `project.db`, `thumbnails/` (working copies), `tiles/`, `features/`, `runs/`.
 */
export class Library implements Disposable {
  readonly folder: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string, database: DatabaseSync) {
    this.folder = folder;
    this.#database = database;
  }

  /** The rows that a query gives, each checked against `row`. */
  all<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T[] {
    const rows = this.#coded(() => this.#prepared(sql).all(...values));
    return rows.map((values) => row.parse(values));
  }

  /** The first row that a query gives. */
  first<T>(row: z.ZodType<T>, sql: string, ...values: SQLInputValue[]): T | undefined {
    const found = this.#coded(() => this.#prepared(sql).get(...values));
    return found && row.parse(found);
  }

  /** Whether a query gives any row. */
  has(sql: string, ...values: SQLInputValue[]): boolean {
    return this.#coded(() => this.#prepared(sql).get(...values)) !== undefined;
  }

  /** Executes one statement; gives the number of rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#coded(() => this.#prepared(sql).run(...values)).changes);
  }

  /** Does all of `work` or, when it throws, nothing of it. Inside another transaction it is part of that one. */
  transaction<T>(work: () => T): T {
    if (this.#database.isTransaction) return work();
    this.#coded(() => this.#database.exec('BEGIN IMMEDIATE'));
    try {
      const result = work();
      this.#coded(() => this.#database.exec('COMMIT'));
      return result;
    } catch (error) {
      // SQLite has already rolled back by itself after some errors (a full disk).
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Where the working copy of a photo lies; 256 folders by the first two digits of the id. */
  workingCopyPath(id: PhotoId): string {
    return join(this.folder, 'thumbnails', id.slice(0, 2), `${id}.jpg`);
  }

  /** Where the small picture of a photo lies; a project made by an older version has none. */
  tilePath(id: PhotoId): string {
    return join(this.folder, 'tiles', id.slice(0, 2), `${id}.jpg`);
  }

  /** Where feature caches lie. */
  get featuresFolder(): string {
    return join(this.folder, 'features');
  }

  /** Where a run keeps its checkpoint, history, evaluation and model. */
  runFolder(runId: string): string {
    return join(this.folder, 'runs', runId);
  }

  /** Closes the database. Everything stored is already safe. */
  [Symbol.dispose](): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #coded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw libraryError(error, this.folder);
    }
  }
}
