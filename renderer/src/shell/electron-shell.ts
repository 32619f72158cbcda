import { RPCLink } from '@orpc/client/message-port';
import { z } from 'zod';
import { PageCommand } from '../../../contract/index.ts';
import { hostFailure } from './host-failure.ts';
import type { Connection, Shell } from './shell.ts';

declare global {
  /** What preload gives the page: the path of a dropped file, which only Electron can tell. */
  var scenelab: { pathOf(file: File): string } | undefined;
}

const Message = z.object({ kind: z.literal('scenelab:command'), command: PageCommand });

/** The shell of the app in Electron: a MessagePort to the engine, the system's dialogs through main's own addresses. */
export const electronShell: Shell = {
  connect,
  async chooseFolders(purpose) {
    const response = await fetch(`/shell/choose-folders?purpose=${purpose}`, { method: 'POST' });
    // The main process answers in this shape.
    return (await response.json()) as string[];
  },
  listFolder: () => Promise.reject(new Error('Electron has its own folder dialog.')),
  take(transfer) {
    const files = [...transfer.files];
    return {
      names: files.map(({ name }) => name),
      bring: () => Promise.resolve(files.map((file) => scenelab?.pathOf(file) ?? '')),
      forget: () => Promise.resolve(),
    };
  },
  async reveal(path) {
    const response = await fetch(`/shell/reveal?${new URLSearchParams({ path })}`, { method: 'POST' });
    if (!response.ok) throw await hostFailure(response);
    return true;
  },
  onCommand(listener) {
    window.addEventListener('message', ({ source, data }) => {
      const message = source === window ? Message.safeParse(data) : null;
      if (message?.success) listener(message.data.command);
    });
  },
  photoAddress: (projectKey, photo, size) => `photo://${size}/${projectKey}/${photo}`,
};

/** Waits for the port that main sends through preload: one at the start, a new one when the engine was restarted. */
function connect(): Promise<Connection> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== 'scenelab:engine' || !port) return;
      window.removeEventListener('message', receive);
      const closed = new Promise<void>((end) => port.addEventListener('close', () => end()));
      const link = new RPCLink({ port });
      port.start();
      resolve({ link, closed });
    };
    window.addEventListener('message', receive);
    window.postMessage('scenelab:ready', window.origin);
  });
}
