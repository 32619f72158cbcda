import { z } from 'zod';

/** Every way a request can fail that a person can do something about. */
export const errorCodes = [
  'CANCELLED',
  'USAGE',
  'NOT_FOUND',
  'NO_PHOTOS',
  'TOO_FEW_LABELS',
  'TOO_FEW_PHOTOS',
  'NOT_READABLE',
  'NOT_WRITABLE',
  'DISK_FULL',
  'OUT_OF_MEMORY',
  'PROJECT_TOO_NEW',
  'PROJECT_CORRUPT',
  'PROJECT_BUSY',
  'MODEL_INVALID',
  'BACKBONE_UNKNOWN',
  'BACKBONE_MISSING',
  'CHECKSUM_MISMATCH',
  'DOWNLOAD_FAILED',
  'NEEDS_NATIVE_TENSORFLOW',
  'ENGINE_STOPPED',
  'INTERNAL',
] as const;

export const ErrorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What crosses a process when something fails: a code for programs, three short sentences for people. */
export const ErrorData = z.object({
  code: ErrorCode,
  /** What was met. */
  met: z.string(),
  /** What was expected instead; empty when it goes without saying. */
  expected: z.string(),
  /** What the person can do about it. */
  fix: z.string(),
});
export type ErrorData = z.infer<typeof ErrorData>;

/**
 * An expected failure. Its message reads "Met; expected …. Fix." Anything else that is thrown is a bug and becomes
 * `INTERNAL` where it leaves the engine.
 */
export class ScenelabError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, met: string, expected: string, fix: string, cause?: unknown) {
    super(sentence(met, expected, fix), cause === undefined ? undefined : { cause });
    this.name = 'ScenelabError';
    this.code = code;
    this.data = { code, met, expected, fix };
  }
}

/** The code of a failure, one of ours or the system's (`ENOENT`); null where it has none. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Whether an error of the file system says that there is no room left, on the disk or in a person's quota: `DISK_FULL`. */
export function isDiskFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** What is told when the disk of a file or folder is full. */
export function diskFull(place: string, cause: unknown): ScenelabError {
  const fix = 'What is stored is safe. Free some space, then do the same again';
  return new ScenelabError('DISK_FULL', `The disk of ${place} is full`, '', fix, cause);
}

/** Why a place can't be written to, where that is not a matter of permission. */
const obstacles: Readonly<Record<string, string>> = {
  ENOENT: ': its folder is not there',
  ENOTDIR: ': a file stands in its way',
  EEXIST: ': a file stands in its way',
  EISDIR: ': it is a folder',
  EROFS: ': its disk is read-only',
};

/** What is told when a file or folder can't be written to. */
export function notWritable(place: string, cause: unknown): ScenelabError {
  const fix = 'Change its permissions or choose another';
  const why = obstacles[codeOf(cause) ?? ''] ?? '';
  return new ScenelabError(
    'NOT_WRITABLE',
    `${place} can't be written to${why}`,
    'one that you may write to',
    fix,
    cause,
  );
}

function sentence(met: string, expected: string, fix: string): string {
  const found = expected === '' ? met : `${met}; expected ${expected}`;
  const sentences = [found, fix].filter((part) => part !== '');
  return sentences.map((part) => (/[.?!…]$/.test(part) ? part : `${part}.`)).join(' ');
}
