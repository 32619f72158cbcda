import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import type { EngineProcess } from '../engine/process/spawn.ts';
import { Guard } from './guard.ts';
import { acceptSockets } from './sockets.ts';

test('a page that breaks off while the engine is away takes nobody with it', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const guard = new Guard(`http://127.0.0.1:${port}`);
  server.on('request', (request, response) => guard.admit(request, response));
  const sockets = acceptSockets(server, guard, new EngineAway());

  const waiting = once(server, 'upgrade');
  const client = connect(port, '127.0.0.1');
  client.write(await upgrade(guard));
  const [, socket]: [unknown, Socket] = (await waiting) as [unknown, Socket];
  // Not `once`, which would listen for errors too.
  const ended = new Promise((resolve) => socket.on('close', resolve));
  client.resetAndDestroy();
  await ended;
  expect(server.listening).toBe(true);

  sockets.close();
  server.close();
});

/** While it starts one engine after the other and none lives. */
class EngineAway extends EngineSupervisor {
  constructor() {
    super(() => ({ exited: new Promise(() => undefined) }) as EngineProcess);
  }
  override running(): Promise<EngineProcess> {
    return new Promise(() => undefined);
  }
}

/** What a browser sends that was let in. */
async function upgrade({ origin, token }: Guard): Promise<string> {
  const [response] = await once(get(`${origin}/?token=${token}`), 'response');
  response.resume();
  const [cookie] = String(response.headers['set-cookie']).split(';');
  const { host } = new URL(origin);
  const headers = { host, origin, cookie, connection: 'Upgrade', upgrade: 'websocket' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return ['GET /engine HTTP/1.1', ...lines, '', ''].join('\r\n');
}
