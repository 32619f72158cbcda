import { resolve } from 'node:path';
import { follow } from './output.ts';
import type { Session } from './session.ts';

/** The project that a path means; one that is kept for a folder of photos takes in what is new there. */
export async function projectOf(
  path: string,
  { client, output, signal }: Pick<Session, 'client' | 'output' | 'signal'>,
): Promise<string> {
  const { project, photos } = await client.findProject({ path: resolve(path) });
  if (photos !== null)
    await follow(await client.importPhotos({ project, folders: [photos] }, { signal }), output);
  return project;
}
