import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineMessage } from './connection.ts';

/** What travels between the processes: the number of a line and one message, or null when the line was closed. */
export type Envelope = [line: number, message: EngineMessage | null];

/** The engine's process as its parent sees it, however it was started. */
export interface EngineChild {
  send(envelope: Envelope): void;
  onMessage(listener: (envelope: Envelope) => void): void;
  /** How it ended, in words, once it has. */
  readonly exited: Promise<string>;
  /** Asks it to end. */
  stop(): void;
  kill(): void;
}

export type StartChild = (options: { env: Readonly<Record<string, string>>; debug: boolean }) => EngineChild;

const entry = new URL('./process.ts', import.meta.url);
const keptLines = 20;
/** What native TensorFlow writes before its log level applies. */
const chatter = /^WARNING: All log messages before absl|^[IW]\d{4} \d\d:\d\d/;

/** Starts the engine from Node. */
export const forkEngine: StartChild = ({ env, debug }) => {
  const child = fork(fileURLToPath(entry), {
    serialization: 'advanced',
    env: { ...process.env, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Both its outputs are for those who look for mistakes: stdout is ours alone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const words: string[] = [];
  const outputs = [child.stdout, child.stderr].map(async (output) => {
    if (!output) return;
    for await (const text of output.setEncoding('utf8')) {
      if (debug) process.stderr.write(text);
      words.push(...text.split('\n').filter((line: string) => line.trim() !== '' && !chatter.test(line)));
      words.splice(0, words.length - keptLines);
    }
  });
  // Not its "close": that does not come after a disconnect from this side.
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    // It did not start; there is no exit then.
    child.once('error', (error) => resolve(error.message));
  }).then(async (how) => {
    await Promise.all(outputs);
    return [how, ...words].join(': ');
  });
  return {
    exited,
    // A message that finds it just killed is lost with it; its exit says how that came about.
    send: (envelope) => void (child.connected && child.send(envelope, () => undefined)),
    // What it sends is an Envelope; nobody else holds the other end.
    onMessage: (listener) => void child.on('message', (envelope: Envelope) => listener(envelope)),
    stop: () => child.connected && child.disconnect(),
    kill: () => child.kill('SIGKILL'),
  };
};
