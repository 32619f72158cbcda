import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, protocol, session, shell } from 'electron';
import { userDataFolder } from '../engine/folders.ts';
import { pageFolder } from './app-files.ts';
import { askWhereToSave, chooseFolders } from './dialogs.ts';
import { guardContents, guardSession } from './guard-contents.ts';
import { openedPaths } from './opened-paths.ts';
import { answerPage } from './page-addresses.ts';
import { answerPhoto } from './photo-addresses.ts';
import { ScenelabApp } from './scenelab-app.ts';

/** Electron's entry: what has to be said before the app is ready, and the life of the app. */
const ownFolder = join(userDataFolder(), 'window');
// Electron takes only a folder that is there.
mkdirSync(ownFolder, { recursive: true });
app.setPath('userData', ownFolder);
app.setAppUserModelId('app.scenelab');
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  { scheme: 'photo', privileges: { standard: true, secure: true } },
]);
app.on('web-contents-created', (_event, contents) =>
  guardContents(contents, (address) => void shell.openExternal(address)),
);

const paths = openedPaths(process.argv, {
  cwd: process.cwd(),
  app: app.isPackaged ? null : app.getAppPath(),
});
// On macOS the system tells of files in events, the first of them before the app is ready.
const openLater = (event: { preventDefault(): void }, path: string) => {
  event.preventDefault();
  paths.push(path);
};
app.on('open-file', openLater);

if (app.requestSingleInstanceLock({ paths })) void app.whenReady().then(start);
else app.exit();

function start(): void {
  const scenelab = new ScenelabApp(join(ownFolder, 'settings.json'));
  guardSession(session.defaultSession);
  askWhereToSave(session.defaultSession);
  serve(scenelab);

  app.off('open-file', openLater);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(scenelab, [path]);
  });
  // What the other instance gave with its request for the lock.
  app.on('second-instance', (_event, _argv, _cwd, given) => open(scenelab, pathsIn(given)));
  app.on('activate', () => scenelab.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.once('will-quit', (event) => {
    event.preventDefault();
    void scenelab.quit().then(() => app.exit());
  });
  open(scenelab, paths);
}

function open(scenelab: ScenelabApp, given: string[]): void {
  scenelab.show(given.length > 0 ? { kind: 'open', paths: given } : undefined);
}

function pathsIn(given: unknown): string[] {
  const found = typeof given === 'object' && given !== null && 'paths' in given ? given.paths : [];
  return Array.isArray(found) ? found.filter((path) => typeof path === 'string') : [];
}

/** Answers the page's own addresses and those of photos. */
function serve(scenelab: ScenelabApp): void {
  protocol.handle('app', (request) =>
    answerPage(request, pageFolder, {
      chooseFolders: async (purpose) =>
        scenelab.window ? chooseFolders(scenelab.window.browser, purpose) : [],
      reveal: (path) => shell.showItemInFolder(path),
    }),
  );
  protocol.handle('photo', ({ url }) =>
    answerPhoto(url, (photo) => scenelab.supervisor.ask((client) => client.photoFile(photo))),
  );
}
