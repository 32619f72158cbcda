import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
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

/** Sends a thumbnail or preview. A photo's id is the hash of its bytes, so it never changes. */
export async function sendPhoto(response: ServerResponse, file: string): Promise<void> {
  await send(response, file, 'image/jpeg', 'private, max-age=31536000, immutable');
}

async function send(response: ServerResponse, file: string, type: string, caching: string): Promise<void> {
  const { size } = await stat(file);
  response.writeHead(200, { 'content-type': type, 'content-length': size, 'cache-control': caching });
  // A browser that scrolled on hangs up; that is no failure.
  await pipeline(createReadStream(file), response).catch(() => response.destroy());
}
