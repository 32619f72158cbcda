import { RPCLink } from '@orpc/client/message-port';
import type { Connection, Shell } from './shell.ts';

declare global {
  /** What preload gives the page: the path of a dropped file, which only Electron can tell. */
  var scenelab: { pathOf(file: File): string } | undefined;
}

/** The shell of the app in Electron: a MessagePort to the engine, the system's dialogs through main's own addresses. */
export const electronShell: Shell = {
  connect,
  async chooseFolders() {
    const response = await fetch('/shell/choose-folders', { method: 'POST' });
    return (await response.json()) as string[];
  },
  listFolder: () => Promise.reject(new Error('Electron has its own folder dialog.')),
  take(transfer) {
    const files = [...transfer.files];
    return {
      names: files.map(({ name }) => name),
      bring: () => Promise.resolve(files.map((file) => scenelab?.pathOf(file) ?? '')),
    };
  },
  photoAddress: (projectKey, photo, size) => `photo://${projectKey}/${photo}/${size}`,
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
