import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pagePolicy } from '../contract/index.ts';

const cookieName = 'scenelab';

const headers = {
  'content-security-policy': pagePolicy(),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Who may speak to the host: one browser, let in by a token that works once, then known by a cookie that no script reads
 * and no other site sends. The Host header must be ours (against DNS rebinding), and so must an Origin where there is one.
 */
export class Guard {
  readonly origin: string;
  readonly token = secret();
  readonly #session = secret();
  #tokenUsed = false;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Gives the address that was asked for, or null after having answered itself: a refusal, or the way in. */
  admit(request: IncomingMessage, response: ServerResponse): URL | null {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!this.#isOurs(request)) {
      response.writeHead(421).end();
      return null;
    }
    const url = new URL(request.url ?? '/', this.origin);
    const token = url.searchParams.get('token');
    if (token !== null && !this.#tokenUsed && same(token, this.token)) {
      this.#tokenUsed = true;
      const cookie = `${cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
      response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' }).end();
      return null;
    }
    if (this.#isKnown(request)) return url;
    response
      .writeHead(403, { 'content-type': 'text/plain; charset=utf-8' })
      .end('Open Scenelab with the address that it printed when it started; it works once.');
    return null;
  }

  /** Whether a WebSocket may open: these must come from our page, so an Origin is required. */
  admitSocket(request: IncomingMessage): boolean {
    return request.headers.origin === this.origin && this.#isOurs(request) && this.#isKnown(request);
  }

  #isOurs({ headers: { host, origin } }: IncomingMessage): boolean {
    return `http://${host}` === this.origin && (origin === undefined || origin === this.origin);
  }

  #isKnown({ headers: { cookie = '' } }: IncomingMessage): boolean {
    const found = cookie.split('; ').find((each) => each.startsWith(`${cookieName}=`));
    return found !== undefined && same(found.slice(cookieName.length + 1), this.#session);
  }
}

const secret = (): string => randomBytes(32).toString('base64url');

/** Compares in a time that tells nothing. */
function same(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
