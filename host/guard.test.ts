import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Guard } from './guard.ts';

const server = createServer();
let guard: Guard;
let wholeCookie: string;
let cookie: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  guard = new Guard(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.on('request', (request, response) => {
    if (guard.admit(request, response)) response.end('in');
  });
  const entered = await ask(`/?token=${guard.token}`);
  expect(entered.statusCode).toBe(303);
  wholeCookie = String(entered.headers['set-cookie']);
  [cookie = ''] = wholeCookie.split(';');
});
afterAll(() => server.close());

async function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const [response] = (await once(get(`${guard.origin}${path}`, { headers }), 'response')) as [
    IncomingMessage,
  ];
  response.resume();
  return response;
}
const statusOf = async (path: string, headers?: Record<string, string>) =>
  (await ask(path, headers)).statusCode;

test('the browser that came with the token is let in', async () => {
  expect(await statusOf('/', { cookie })).toBe(200);
});

test('the cookie is out of reach of scripts and other sites', () => {
  expect(wholeCookie).toMatch(/; HttpOnly/);
  expect(wholeCookie).toMatch(/; SameSite=Strict/);
});

describe('who is refused', () => {
  test('a guessed cookie', async () => expect(await statusOf('/', { cookie: 'scenelab=guess' })).toBe(403));
  test('a browser without the cookie', async () => expect(await statusOf('/')).toBe(403));
  test('a second browser with the same token', async () =>
    expect(await statusOf(`/?token=${guard.token}`)).toBe(403));
  test('a wrong token', async () => expect(await statusOf('/?token=guess')).toBe(403));
  test('another name for this machine (DNS rebinding)', async () =>
    expect(await statusOf('/', { cookie, host: 'evil.example' })).toBe(421));
  test('a page of another site, even with the cookie', async () =>
    expect(await statusOf('/', { cookie, origin: 'https://evil.example' })).toBe(421));
});

test('a socket needs our own origin, not just the cookie', () => {
  const request = (headers: Record<string, string>) =>
    ({
      headers: { host: guard.origin.slice('http://'.length), cookie, ...headers },
    }) as unknown as IncomingMessage;
  expect(guard.admitSocket(request({ origin: guard.origin }))).toBe(true);
  expect(guard.admitSocket(request({}))).toBe(false);
  expect(guard.admitSocket(request({ origin: 'https://evil.example' }))).toBe(false);
});

test('no inline script or style, and nothing from elsewhere, may run in the page', async () => {
  const policy = String((await ask('/', { cookie })).headers['content-security-policy']);
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`script-src 'self'`);
  expect(policy).not.toContain('unsafe');
});
