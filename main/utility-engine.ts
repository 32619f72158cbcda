import { utilityProcess } from 'electron';
import type { StartChild } from '../engine/process/spawn.ts';
import { unpacked } from './app-files.ts';

/** Starts the engine as a utility process: Electron's own kind, which needs no way to run the app as plain Node. */
export const startUtility: StartChild = (entry, env) => {
  const child = utilityProcess.fork(unpacked(entry), [], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    serviceName: 'Scenelab engine',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // TensorFlow's libraries come as Google built them, without our signature.
    allowLoadingUnsignedLibraries: true,
  });
  return {
    outputs: [child.stdout, child.stderr],
    exited: new Promise((resolve) => {
      let fatal = '';
      child.once('error', (type, location) => (fatal = `, ${type} in ${location}`));
      child.once('exit', (code) => resolve(`exit code ${code}${fatal}`));
    }),
    send: (envelope) => child.postMessage(envelope),
    onMessage: (listener) => void child.on('message', listener),
    // Its own kill() asks first; what is stuck would not hear it.
    kill: () => child.pid !== undefined && process.kill(child.pid, 'SIGKILL'),
  };
};
