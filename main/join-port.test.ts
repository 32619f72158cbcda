import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { startEngine, type EngineClient } from '../engine/process/spawn.ts';
import { joinPort, type PagePort } from './join-port.ts';

/** Node's port with the events that Electron's has. */
function electronPort(port: MessagePort): PagePort {
  return {
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
    // The type of the listener follows from the event.
    on: (event: 'message' | 'close', listener: (message: { data: unknown }) => void) =>
      event === 'message'
        ? port.on('message', (data: unknown) => listener({ data }))
        : port.on('close', () => listener({ data: null })),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'scenelab-port-'));
let supervisor: EngineSupervisor;
beforeAll(() => {
  const env = { SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') };
  supervisor = new EngineSupervisor(() => startEngine({ env }));
});
const pages: MessagePort[] = [];
afterEach(() => pages.splice(0).forEach((page) => page.close()));
afterAll(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true });
});

/** A page's end of the channel, with a client on it. */
async function openPage() {
  const { port1, port2: page } = new MessageChannel();
  pages.push(page);
  joinPort(electronPort(port1), (await supervisor.running()).connect());
  const closed = new Promise<void>((resolve) => page.once('close', () => resolve()));
  const client: EngineClient = createORPCClient(new RPCLink({ port: page }));
  page.start();
  return { client, closed };
}

test('the page speaks to the engine through the port it was given', async () => {
  const { client } = await openPage();
  const made = await client.createProject({ name: 'Beaches' });
  expect((await client.listProjects()).map(({ project }) => project)).toEqual([made.project]);
});

test('when the engine ends, so does the port, and a new one leads to the next engine', async () => {
  const { closed } = await openPage();
  await (await supervisor.running()).stop();
  await closed;
  const { client } = await openPage();
  expect((await client.samplePhotos()).folders).toHaveLength(4);
});
