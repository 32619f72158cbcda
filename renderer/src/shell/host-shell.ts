import { RPCLink } from '@orpc/client/websocket';
import { takeFiles } from './dropped-files.ts';
import { hostFailure } from './host-failure.ts';
import type { Connection, FolderListing, Shell } from './shell.ts';

/** The shell of the app in a browser: everything goes to the loopback host that served the page. */
export const hostShell: Shell = {
  connect,
  chooseFolders: null,
  async listFolder(path) {
    const response = await fetch(`/folders?${new URLSearchParams(path === null ? {} : { path })}`);
    if (!response.ok) throw await hostFailure(response);
    // The host is this project's own and answers in this shape.
    return (await response.json()) as FolderListing;
  },
  take: takeFiles,
  async reveal(path) {
    const response = await fetch(`/reveal?${new URLSearchParams({ path })}`, { method: 'POST' });
    if (!response.ok) throw await hostFailure(response);
    // As above.
    return ((await response.json()) as { opened: boolean }).opened;
  },
  onCommand: () => undefined,
  photoAddress: (projectKey, photo, size) => `/photo/${projectKey}/${photo}/${size}`,
};

/** Opens a WebSocket; rejects when the host can't be reached. */
function connect(): Promise<Connection> {
  const socket = new WebSocket(`/engine`);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  const link = new RPCLink({ websocket: socket });
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve({ link, closed }));
    socket.addEventListener('error', () => reject(new Error('The host does not answer.')));
  });
}
