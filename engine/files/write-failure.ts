import { codeOf, diskFull, isDiskFull, notWritable } from '../../contract/index.ts';

/** Codes of the file system that say no to a writer. */
const refusals = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'];

/** The error that a person is told when writing under `place` failed; one that has nothing to do with it stays as it is. */
export function writeFailure(error: unknown, place: string): unknown {
  if (isDiskFull(error)) return diskFull(place, error);
  return refusals.includes(codeOf(error) ?? '') ? notWritable(place, error) : error;
}
