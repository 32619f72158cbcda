import { parseArgs } from 'node:util';
import { codeOf } from '../contract/index.ts';
import { electronHost } from './find-electron.ts';
import { packApp } from './pack-app.ts';

/** `npm run pack`: installers for this system, in `dist/`. `--dir`: only the folder that they would install. */
const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false } } });
const offline = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH'];

try {
  await packApp({ installers: !values.dir });
} catch (error) {
  if (!(error instanceof Error) || !offline.includes(codeOf(error) ?? '')) throw error;
  process.stderr.write(
    `Nothing was packed: Electron’s program has to be fetched, and ${electronHost} can’t be reached (${error.message}). ` +
      'Try again where it can, or name a mirror in ELECTRON_MIRROR.\n',
  );
  process.exitCode = 1;
}
