import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { codeOf, PhotoSize, ScenelabError, type ErrorData } from '../contract/index.ts';
import type { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { Guard } from './guard.ts';
import { listFolder } from './list-folder.ts';
import { acceptSockets } from './sockets.ts';
import { reveal } from './reveal.ts';
import { sendPage, sendPhoto } from './send-files.ts';
import { forgetUpload, receiveUpload, uploadedFolders } from './uploads.ts';

export interface Host {
  /** Where the page is, with the token that lets the first browser in. */
  address: string;
  close(): Promise<void>;
}

/** Stands in an upload's address for a project where files are not to be kept. */
const unkept = '-';

/** Serves page, photos, uploads and the engine's connections on 127.0.0.1. Port 0: any that is free. */
export async function serve(supervisor: EngineSupervisor, port = 0): Promise<Host> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // An IP server's address is an object.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const guard = new Guard(origin);
  const sockets = acceptSockets(server, guard, supervisor);
  server.on('request', (request, response) => void answer(request, response, guard, supervisor));
  return {
    address: `${origin}/?token=${guard.token}`,
    async close() {
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  supervisor: EngineSupervisor,
): Promise<void> {
  try {
    const url = guard.admit(request, response);
    if (url) await route(request, response, url, supervisor);
  } catch (error) {
    if (!response.headersSent) response.writeHead(statusOf(error), { 'content-type': 'application/json' });
    response.end(JSON.stringify(failureOf(error)));
  }
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  engine: EngineSupervisor,
): Promise<void> {
  const [place, key = '', ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const uploadFolder = async () =>
    key === unkept
      ? (await engine.ask((client) => client.droppedFolder())).folder
      : join((await engine.ask((client) => client.projectFolder({ key }))).project, 'originals');
  const { method } = request;
  if (place === 'upload' && method === 'PUT') {
    await receiveUpload(request, await uploadFolder(), rest);
    response.writeHead(204).end();
  } else if (place === 'upload' && method === 'DELETE') {
    await forgetUpload(await uploadFolder(), rest);
    response.writeHead(204).end();
  } else if (place === 'reveal' && method === 'POST')
    json(response, { opened: reveal(url.searchParams.get('path') ?? '') });
  else if (method !== 'GET') response.writeHead(405).end();
  else if (place === 'photo') {
    const [photo = ''] = rest;
    const size = PhotoSize.safeParse(rest[1]).data;
    if (size === undefined) response.writeHead(400).end();
    else
      await sendPhoto(response, (await engine.ask((client) => client.photoFile({ key, photo, size }))).path);
  } else if (place === 'upload') json(response, await uploadedFolders(await uploadFolder(), rest));
  else if (place === 'folders') json(response, await listFolder(url.searchParams.get('path')));
  else await sendPage(response, url.pathname);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** What the page tells of a failure. */
function failureOf(error: unknown): ErrorData {
  if (error instanceof ScenelabError) return error.data;
  const met = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', met, expected: '', fix: 'Try again' };
}

/** The engine's own codes where they have an HTTP status, else 500. */
function statusOf(error: unknown): number {
  const code = codeOf(error);
  if (code === 'NOT_FOUND' || code === 'ENOENT') return 404;
  return code === 'USAGE' || code === 'BAD_REQUEST' ? 400 : 500;
}
