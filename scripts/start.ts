import { spawn } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** `npm start`: builds the page if it is stale and opens the app, in Electron where its binary is, else through the host. */
const root = join(import.meta.dirname, '..');
const sources = ['renderer/**/*', 'contract/**/*.ts', 'vite.config.ts', 'package-lock.json'];

if (isStale(join(root, 'out/renderer/index.html')))
  await build({ configFile: join(root, 'vite.config.ts'), root: join(root, 'renderer'), logLevel: 'warn' });

const electron = join(
  root,
  'node_modules/electron/dist',
  process.platform === 'win32' ? 'electron.exe' : 'electron',
);
const main = join(root, 'out/main/index.js');
if (existsSync(electron) && existsSync(main)) run(electron, [root]);
else {
  process.stdout.write(
    'There is no Electron app on this machine; Scenelab opens in a browser window, at the address below.\n' +
      'Without a display: `npx scenelab --help` does everything on the terminal. Ctrl-C ends the app.\n',
  );
  run(process.execPath, [
    join(root, 'host/host.ts'),
    ...(process.argv.includes('--no-open') ? [] : ['--open']),
  ]);
}

function isStale(built: string): boolean {
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  return globSync(sources, { cwd: root }).some((file) => statSync(join(root, file)).mtimeMs > mtimeMs);
}

/** Runs the app until it ends; Ctrl-C reaches it too. */
function run(command: string, args: string[]): void {
  process.on('SIGINT', () => undefined);
  spawn(command, args, { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 0));
}
