import type { MessagePortMain } from 'electron';
import type { EngineConnection } from '../engine/process/spawn.ts';

/** The side of a message channel that the main process keeps; the page has the other. */
export type PagePort = Pick<MessagePortMain, 'postMessage' | 'start' | 'close'> & {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
};

/** Joins the page's channel to a line to the engine, message for message. The end of one is the end of the other. */
export function joinPort(port: PagePort, line: EngineConnection): void {
  line.addEventListener('message', (event) => {
    if (event instanceof MessageEvent) port.postMessage(event.data);
  });
  line.addEventListener('close', () => port.close());
  port.on('message', ({ data }) => {
    if (typeof data === 'string' || data instanceof Uint8Array) line.postMessage(data);
    else if (data instanceof ArrayBuffer) line.postMessage(new Uint8Array(data));
  });
  port.on('close', () => line.close());
  port.start();
}
