import { createServer } from 'node:http';
import { once } from 'node:events';

/** How a server of the tests behaves towards its n-th request (from 0). */
interface Behaviour {
  /** Bytes after which it breaks the connection off. */
  readonly breaksAfter?: (request: number) => number | undefined;
  /** Breaks off by falling silent, with the connection open. */
  readonly fallsSilent?: boolean;
  readonly knowsRanges?: boolean;
  readonly status?: number;
}

interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** The Range header of every request. */
  readonly ranges: (string | undefined)[];
}

/** A web server on this machine that has one file. */
export async function serveFile(file: Uint8Array, behaviour: Behaviour = {}): Promise<FileServer> {
  const { breaksAfter, fallsSilent = false, knowsRanges = true, status } = behaviour;
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const end = breaksAfter?.(ranges.length);
    const range = knowsRanges ? request.headers.range : undefined;
    ranges.push(request.headers.range);
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (status !== undefined) return response.writeHead(status).end();
    if (start >= file.length) return response.writeHead(416).end();
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': file.length - start });
    if (end === undefined) return response.end(file.subarray(start));
    response.write(file.subarray(start, start + end), () => fallsSilent || response.socket?.end());
    return response;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/files/weights.h5`,
    ranges,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
