import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineMessage } from './connection.ts';
import { cacheFolder } from '../folders.ts';

/**
 * What travels between the processes: the number of a line and one message, or null when the line was closed. Line 0 is
 * the channel itself: closing it asks the engine to end.
 */
export type Envelope = [line: number, message: EngineMessage | null];

/** The engine's process as its parent sees it, however it was started. */
export interface EngineChild {
  send(envelope: Envelope): void;
  onMessage(listener: (envelope: Envelope) => void): void;
  /** How it ended, in words, once it has. */
  readonly exited: Promise<string>;
  /** All that it writes is for those who look for mistakes. */
  readonly outputs: readonly (NodeJS.ReadableStream | null)[];
  kill(): void;
}

/** Starts the engine's entry in a process with this environment. */
export type StartChild = (entry: string, env: NodeJS.ProcessEnv) => EngineChild;

/** The file that a process of the engine runs. */
export const engineEntry: string = fileURLToPath(new URL('./entry.ts', import.meta.url));

/** Starts the engine from Node. */
export const forkEngine: StartChild = (entry, env) => {
  const child = fork(entry, {
    serialization: 'advanced',
    // Node keeps what it compiled: the engine is there in half the time.
    env: { NODE_COMPILE_CACHE: join(cacheFolder(env), 'code'), ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // stdout is the command line's alone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // Not its "close": that does not come after a disconnect from this side.
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    // It did not start; there is no exit then.
    child.once('error', (error) => resolve(error.message));
  });
  return {
    exited,
    outputs: [child.stdout, child.stderr],
    // A message that finds it just killed is lost with it; its exit says how that came about.
    send: (envelope) => void (child.connected && child.send(envelope, () => undefined)),
    // What it sends is an Envelope; nobody else holds the other end.
    onMessage: (listener) => void child.on('message', (envelope: Envelope) => listener(envelope)),
    kill: () => child.kill('SIGKILL'),
  };
};
