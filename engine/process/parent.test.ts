import { fork } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Envelope, StartChild } from './fork-engine.ts';
import { startEngine } from './spawn.ts';

/** What `process.parentPort` is in Electron's utility processes, over Node's channel, which then keeps the process alive. */
const parentPort = `
  process.parentPort = {
    postMessage: (message) => process.send(message),
    on: (_, listener) => process.on('message', (data) => listener({ data })),
  };`;

const startLikeElectron: StartChild = (entry, env) => {
  const child = fork(entry, {
    serialization: 'advanced',
    env,
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(parentPort)}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return {
    outputs: [child.stdout, child.stderr],
    exited: new Promise((resolve) => child.once('exit', (code, signal) => resolve(String(signal ?? code)))),
    send: (envelope) => void child.send(envelope),
    onMessage: (listener) => void child.on('message', (envelope: Envelope) => listener(envelope)),
    kill: () => child.kill('SIGKILL'),
  };
};

test('an engine started by Electron answers through its port and ends when it is told to', async () => {
  let how: Promise<string> | undefined;
  const engine = startEngine({
    start: (...given) => {
      const child = startLikeElectron(...given);
      how = child.exited;
      return child;
    },
  });
  expect((await engine.client.samplePhotos()).folders).toHaveLength(4);
  await engine.stop();
  expect(await how).toBe('0');
});
