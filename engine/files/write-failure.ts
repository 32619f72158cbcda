import { isDiskFull, ScenelabError } from '../../contract/index.ts';

/** The error that a person is told when writing under `folder` failed; one that has nothing to do with it stays as it is. */
export function writeFailure(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (isDiskFull(error))
    return new ScenelabError(
      'DISK_FULL',
      `The disk of ${folder} is full`,
      '',
      'Make room and try again',
      error,
    );
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    return new ScenelabError(
      'NOT_WRITABLE',
      `${folder} can't be written to`,
      'a folder of your own',
      'Choose another folder',
      error,
    );
  return error;
}
