import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageTypes } from '../contract/index.ts';

const page = fileURLToPath(new URL('../out/renderer/', import.meta.url));

/** Sends a file of the built page. What lies outside of it does not exist. */
export async function sendPage(response: ServerResponse, pathname: string): Promise<void> {
  const file = join(page, normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
  const type = pageTypes[extname(file)];
  if (!file.startsWith(page.endsWith(sep) ? page : page + sep) || type === undefined) {
    response.writeHead(404).end();
    return;
  }
  // Names under assets/ carry a hash of what is in them.
  const forever = pathname.startsWith('/assets/');
  await send(response, file, type, forever ? 'max-age=31536000, immutable' : 'no-cache');
}

/** Sends a picture of a photo. The photo's id is the hash of its bytes, so it never changes. */
export async function sendPhoto(response: ServerResponse, file: string): Promise<void> {
  await send(response, file, 'image/jpeg', 'private, max-age=31536000, immutable');
}

async function send(response: ServerResponse, file: string, type: string, caching: string): Promise<void> {
  // Whole: a stream of so small a file costs more than the file.
  const body = await readFile(file);
  response.writeHead(200, { 'content-type': type, 'content-length': body.length, 'cache-control': caching });
  response.end(body);
}
