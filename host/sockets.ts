import type { Server } from 'node:http';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { EngineConnection } from '../engine/process/spawn.ts';
import type { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import type { Guard } from './guard.ts';

const serviceRestart = 1012;
const mostBytes = 64 * 2 ** 20;

/**
 * Joins every WebSocket at /engine to a connection of its own to the engine. Messages pass as they are: oRPC encodes them
 * alike for both. When the engine ends, so do its sockets, and the page opens new ones.
 */
export function acceptSockets(server: Server, guard: Guard, supervisor: EngineSupervisor): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes });
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/engine' || !guard.admitSocket(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    // Until the upgrade nobody else listens: one that breaks off while an engine starts would end the host.
    socket.on('error', () => socket.destroy());
    void supervisor
      .running()
      .then((engine) =>
        sockets.handleUpgrade(request, socket, head, (client) => join(client, engine.connect())),
      );
  });
  return {
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function join(client: WebSocket, connection: EngineConnection): void {
  connection.addEventListener('message', (event) => {
    if (event instanceof MessageEvent) client.send(event.data);
  });
  connection.addEventListener('close', () => client.close(serviceRestart));
  client.on('message', (data, isBinary) => connection.postMessage(isBinary ? bytes(data) : String(data)));
  client.on('close', () => connection.close());
  client.on('error', () => client.terminate());
}

function bytes(data: RawData): Uint8Array {
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : Array.isArray(data)
      ? Buffer.concat(data)
      : data;
}
