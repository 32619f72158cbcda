import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { FolderPurpose, pagePolicy, pageTypes, ScenelabError } from '../contract/index.ts';

/** The page's origin. A scheme of its own, so that no other program and no file can be mistaken for it. */
export const pageOrigin = 'app://scenelab';

/** Whether an address is of the page or of what it consists of. */
export const isPage = (address: string): boolean => address.startsWith(`${pageOrigin}/`);

/** What the page may ask of the system. */
export interface System {
  /** The folders that a person chose in the system's dialog; none when it was closed. */
  chooseFolders(purpose: FolderPurpose): Promise<string[]>;
  /** Shows a file or folder in the file manager. */
  reveal(path: string): void;
}

const headers = {
  'content-security-policy': pagePolicy('photo:'),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Answers a request of the page: a file of its own from `folder`, or a dialog of the system below `/shell/`. */
export async function answerPage(request: Request, folder: string, system: System): Promise<Response> {
  if (!isPage(request.url)) return new Response(null, { status: 404, headers });
  const address = new URL(request.url);
  if (request.method === 'POST') return askSystem(address, system);
  if (request.method !== 'GET') return new Response(null, { status: 405, headers });
  return pageFile(address.pathname, folder);
}

async function askSystem({ pathname, searchParams }: URL, system: System): Promise<Response> {
  if (pathname === '/shell/choose-folders') {
    const purpose = FolderPurpose.safeParse(searchParams.get('purpose'));
    if (purpose.success) return Response.json(await system.chooseFolders(purpose.data), { headers });
  }
  if (pathname === '/shell/reveal') {
    const path = searchParams.get('path') ?? '';
    if (!existsSync(path)) return failure(404, goneError(path));
    system.reveal(path);
    return new Response(null, { status: 204, headers });
  }
  return new Response(null, { status: 400, headers });
}

const goneError = (path: string) =>
  new ScenelabError('NOT_FOUND', `There is nothing at ${path} any more`, '', 'Was it moved?');

/** Failures have the same form as the host's. */
const failure = (status: number, { data }: ScenelabError) => Response.json(data, { status, headers });

async function pageFile(pathname: string, folder: string): Promise<Response> {
  const file = join(folder, normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
  const type = pageTypes[extname(file)];
  const body =
    file.startsWith(join(folder, sep)) && type ? await readFile(file).catch(() => undefined) : undefined;
  if (!body || !type) return new Response(null, { status: 404, headers });
  return new Response(body, { headers: { ...headers, 'content-type': type, 'cache-control': 'no-cache' } });
}
