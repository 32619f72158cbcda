import { BrowserWindow, ipcMain, MessageChannelMain, screen, type IpcMainEvent } from 'electron';
import type { PageCommand } from '../contract/index.ts';
import type { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { preloadFile } from './app-files.ts';
import { joinPort } from './join-port.ts';
import { isPage, pageOrigin } from './page-addresses.ts';
import { leastSize, placeWindow } from './place-window.ts';
import type { Settings } from './settings.ts';
import { words } from './words.ts';

/** The app's window: where it was, with the page in a sandbox, joined to the engine whenever the page asks. */
export class AppWindow {
  readonly browser: BrowserWindow;
  readonly #supervisor: EngineSupervisor;
  readonly #pageListens = Promise.withResolvers<void>();

  constructor(remembered: Settings['window'], supervisor: EngineSupervisor) {
    this.#supervisor = supervisor;
    const { id } = screen.getPrimaryDisplay();
    const displays = screen.getAllDisplays().toSorted((a, b) => Number(b.id === id) - Number(a.id === id));
    this.browser = new BrowserWindow({
      ...placeWindow(
        remembered,
        displays.map(({ workArea }) => workArea),
      ),
      minWidth: leastSize.width,
      minHeight: leastSize.height,
      title: words.app,
      show: false,
      webPreferences: {
        preload: preloadFile,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
      },
    });
    if (remembered?.maximized) this.browser.maximize();
    this.browser.once('ready-to-show', () => this.browser.show());
    const { webContents } = this.browser;
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') webContents.reload();
    });
    const connect = (event: IpcMainEvent) => void this.#connect(event);
    ipcMain.on('scenelab:ready', connect);
    this.browser.once('closed', () => ipcMain.off('scenelab:ready', connect));
    void this.browser.loadURL(`${pageOrigin}/`);
  }

  /** Where it is now, to be there again. A maximized window remembers where it would be if it were not. */
  get place(): Settings['window'] {
    return { ...this.browser.getNormalBounds(), maximized: this.browser.isMaximized() };
  }

  /** Tells the page what was done outside of it, once it listens. */
  tell(command: PageCommand): void {
    void this.#pageListens.promise.then(() => {
      if (!this.browser.isDestroyed()) this.browser.webContents.send('scenelab:command', command);
    });
  }

  focus(): void {
    if (this.browser.isMinimized()) this.browser.restore();
    this.browser.focus();
  }

  /** Gives the page a channel to the engine: at the start, and again when the engine was replaced. */
  async #connect({ sender, senderFrame }: IpcMainEvent): Promise<void> {
    const isOurs = sender === this.browser.webContents && senderFrame?.parent === null;
    if (!isOurs || !isPage(senderFrame.url)) return;
    this.#pageListens.resolve();
    const engine = await this.#supervisor.running();
    if (sender.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    joinPort(port1, engine.connect());
    sender.postMessage('scenelab:engine', null, [port2]);
  }
}
