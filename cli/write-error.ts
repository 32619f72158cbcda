import { isDiskFull, ScenelabError } from '../contract/index.ts';

/** What a failure to write a file means; what is none of the file system's comes back as it is. */
export function writeError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  if (isDiskFull(error))
    return new ScenelabError('DISK_FULL', `The disk of ${file} is full`, '', 'Free some space', error);
  return new ScenelabError(
    'NOT_WRITABLE',
    `${file} can't be written (${error.message})`,
    '',
    'Choose another place',
    error,
  );
}
