import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp, buildPage } from './build.ts';
import { electronHost, fetchElectron } from './find-electron.ts';

/**
 * `npm start`: builds what is stale and opens the app, in Electron where its program can be had, else in a browser through
 * the host. `npm start -- --browser` opens it there in any case, `--no-open` only prints the address. Folders that are
 * named are opened in Electron.
 */
const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { browser: { type: 'boolean', default: false }, 'no-open': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const inBrowser = values.browser || values['no-open'];
const electron = inBrowser ? null : await fetchElectron();

await buildPage();
if (electron !== null) {
  await buildApp();
  run(electron, [root, ...positionals]);
} else {
  const why = inBrowser ? '' : `Electron can’t be had here (it comes from ${electronHost}), so `;
  process.stdout.write(
    (values['no-open']
      ? 'Open the address below in a browser; the first that does is let in.\n'
      : `${why}Scenelab opens in a browser window, at the address below.\n`) +
      'Without a display: `npx scenelab --help` does everything on the terminal. Ctrl-C ends the app.\n',
  );
  run(process.execPath, [join(root, 'host/host.ts'), ...(values['no-open'] ? [] : ['--open'])]);
}

/** Runs the app until it ends; Ctrl-C reaches it too. */
function run(command: string, args: string[]): void {
  process.on('SIGINT', () => undefined);
  spawn(command, args, { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 0));
}
