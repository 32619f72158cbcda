import type { Envelope } from './fork-engine.ts';

/** The process that started this one, over Node's channel or Electron's. */
export interface Parent {
  send(envelope: Envelope): void;
  onMessage(listener: (envelope: Envelope) => void): void;
  /** Calls back when nobody is there any more, which may be at once. */
  onGone(listener: () => void): void;
  /** Lets go of it. Without it Node's process ends as soon as it has nothing to do; Electron's never does so by itself. */
  leave(): 'ends by itself' | 'must be ended';
}

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: Envelope): void;
  on(event: 'message', listener: (event: { data: Envelope }) => void): void;
}

/** The parent of this process. What it sends is an Envelope; nobody else holds the other end. */
export function findParent(): Parent {
  // Electron's types are not known here; in Node it is not there.
  const { parentPort } = process as typeof process & { parentPort?: ParentPort };
  return parentPort ? electronParent(parentPort) : nodeParent;
}

const nodeParent: Parent = {
  send: (envelope) => void (process.connected && process.send?.(envelope)),
  onMessage: (listener) => void process.on('message', (envelope: Envelope) => listener(envelope)),
  onGone(listener) {
    process.once('disconnect', listener);
    if (!process.connected) listener();
  },
  leave() {
    if (process.connected) process.disconnect();
    return 'ends by itself';
  },
};

/** Electron ends the processes of an app that is gone. */
const electronParent = (port: ParentPort): Parent => ({
  send: (envelope) => port.postMessage(envelope),
  onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
  onGone: () => undefined,
  leave: () => 'must be ended',
});
