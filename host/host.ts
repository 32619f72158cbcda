import { parseArgs } from 'node:util';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { openWindow } from './open-window.ts';
import { serve } from './serve.ts';

/**
 * The app without Electron: serves the built page on the loopback interface and prints its address, which lets in the
 * first browser that opens it. `--open` opens one.
 */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, open: { type: 'boolean', default: false } },
});
const supervisor = new EngineSupervisor();
const host = await serve(supervisor, Number(values.port));
process.stdout.write(`${host.address}\n`);
if (values.open) openWindow(host.address);

let leaving = false;
async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  await host.close();
  await supervisor.stop();
  process.exit(0);
}
process.on('SIGINT', () => void leave());
process.on('SIGTERM', () => void leave());
