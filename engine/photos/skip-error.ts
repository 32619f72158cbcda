import type { SkipCode, Skipped } from '../../contract/index.ts';

/** A file that can't be taken: `code` for programs, `reason` a sentence for the photographer. The rest goes on. */
export class SkipError extends Error {
  readonly code: SkipCode;
  readonly reason: string;

  constructor(code: SkipCode, reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = 'SkipError';
    this.code = code;
    this.reason = reason;
  }
}

/** What is told of the file that a SkipError is about. Throws any other error on. */
export function skippedBy(error: unknown, path: string): Skipped {
  if (!(error instanceof SkipError)) throw error;
  return { path, code: error.code, reason: error.reason };
}
