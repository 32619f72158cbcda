import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScenelabError, type Notice, type Progress } from '../contract/index.ts';
import { appFolder } from './app-folder.ts';
import { sizeOf } from './files/size-of.ts';
import { cacheFolder } from './folders.ts';
import { startProgress } from './progress.ts';

const script = join(appFolder, 'scripts/install-runtime.ts');
const nvidiaDriver = '/proc/driver/nvidia/version';
const millisecondsBetweenLooks = 500;

/** Why TensorFlow for the GPU can't be installed here, as a sentence; null when it can. */
export function gpuObstacle(
  platform: string = process.platform,
  arch: string = process.arch,
  driver = nvidiaDriver,
): string | null {
  if (platform !== 'linux' || arch !== 'x64') return 'TensorFlow has GPU packages for Linux on x64 alone';
  if (!existsSync(driver)) return 'No NVIDIA GPU was found on this machine, or its driver is not installed';
  return existsSync(script) ? null : 'This copy of Scenelab comes without its installer';
}

/**
 * Installs TensorFlow with `scripts/install-runtime`, for the GPU if asked; `done` of the events are bytes that have come.
 * The engine uses it from its next start on. Gives the installer's last words.
 * @throws ScenelabError NOT_FOUND where it can't be had, DOWNLOAD_FAILED with the installer's reason
 */
export async function* installRuntime(
  { gpu }: { gpu: boolean },
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, { said: string }> {
  const obstacle = gpu ? gpuObstacle() : existsSync(script) ? null : 'There is no installer in this copy';
  if (obstacle !== null)
    throw new ScenelabError(
      'NOT_FOUND',
      obstacle,
      gpu ? 'Linux with an NVIDIA GPU and its driver' : '',
      'Nothing was changed. Everything works without it, slower',
    );
  // pip collects what it fetches in the temporary folder; one of its own shows how much has come.
  const collecting = join(cacheFolder(), 'installing');
  await mkdir(collecting, { recursive: true });
  const child = spawn(nodeProgram(), [script, '--strict', ...(gpu ? ['--gpu'] : [])], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, TMPDIR: collecting },
    // A group of its own, so that pip ends with it.
    detached: process.platform !== 'win32',
  });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve).once('error', () => resolve(null));
  });
  try {
    return yield* watch(lines, ended, collecting, signal);
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
    // What was told to end may still be writing.
    await rm(collecting, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function* watch(
  lines: readonly string[],
  ended: Promise<number | null>,
  collecting: string,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, { said: string }> {
  const meter = startProgress('install', null);
  let told = 0;
  for (;;) {
    const code = await Promise.race([ended, sleep(millisecondsBetweenLooks, undefined)]);
    signal.throwIfAborted();
    for (const message of lines.slice(told).filter((line) => line.endsWith('…')))
      yield { kind: 'notice', code: 'INSTALLING', message };
    told = lines.length;
    yield meter.now(await sizeOf(collecting));
    if (code === undefined) continue;
    const said = lines.findLast((line) => line.startsWith(prefix))?.slice(prefix.length) ?? '';
    if (code === 0) return { said };
    throw new ScenelabError(
      'DOWNLOAD_FAILED',
      said || 'The installer ended without a word',
      '',
      'Try again when the network is there. Scenelab works as before',
    );
  }
}

/** How the installer begins its last line. */
const prefix = 'Scenelab: ';

/** Electron's own program is no Node that runs scripts; the one that npm installed is. */
function nodeProgram(): string {
  if (!('electron' in process.versions)) return process.execPath;
  const local = join(appFolder, 'node_modules/node/bin/node');
  return existsSync(local) ? local : 'node';
}
