import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const electronFolder = dirname(require.resolve('electron/package.json'));
/** Where Electron's own installer fetches from, unless a mirror is set. */
const source = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/';
/** Who must answer for it. */
export const electronHost = new URL(source).host;
const patience = 4000;

/** The path of Electron's program, or null: it is no part of the npm package, but fetched by it once. */
export function findElectron(): string | null {
  const note = join(electronFolder, 'path.txt');
  if (!existsSync(note)) return null;
  const program = join(electronFolder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(program) ? program : null;
}

/** Fetches Electron's program unless it is there or can't be had; says so before, since it is large. Never throws. */
export async function fetchElectron(): Promise<string | null> {
  const found = findElectron();
  if (found !== null || !(await answers(source))) return found;
  process.stdout.write('Fetching Electron (about 110 MB, once) …\n');
  spawnSync(process.execPath, [join(electronFolder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return findElectron();
}

/** Whether anybody is there; some networks let requests vanish. */
async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(patience) });
    return true;
  } catch {
    return false;
  }
}
