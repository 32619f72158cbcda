import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningHost {
  /** Lets in the first browser that opens it. */
  address: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts the app's host with a data folder of its own. */
export async function launchHost(folder: string): Promise<RunningHost> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../host/host.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') },
  });
  const lines = createInterface(child.stdout);
  const address = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'exit').then(([code]): never => {
      throw new Error(`The host ended with ${code} before it was ready.`);
    }),
  ]);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { address, child, stop };
}
