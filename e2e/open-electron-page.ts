import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { FolderPurpose, PageCommand } from '../contract/index.ts';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { startEngine } from '../engine/process/spawn.ts';
import { joinPort, type PagePort } from '../main/join-port.ts';
import { answerPage, pageOrigin } from '../main/page-addresses.ts';
import { chromiumArguments, findChromium } from './find-chromium.ts';

/** Chromium knows no `app:`; this origin is as trusted and never leaves the browser. */
const origin = 'http://scenelab.localhost';
const preload = readFileSync(join(import.meta.dirname, '../out/app/preload/preload.cjs'), 'utf8');

interface Options {
  /** The data folder. */
  folder: string;
  /** Where everything that is dropped lies: only Electron can tell. */
  dropsFrom: string;
  chooseFolders(purpose: FolderPurpose): string[];
}

export interface ElectronPage {
  page: Page;
  supervisor: EngineSupervisor;
  tell(command: PageCommand): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The page as Electron shows it, where there is no Electron: the real page, preload, addresses, channel and engine. Only what
 * the preload imports from Electron is played, by the script below.
 */
export async function openElectronPage({ folder, dropsFrom, chooseFolders }: Options): Promise<ElectronPage> {
  const env = { SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') };
  const supervisor = new EngineSupervisor(() => startEngine({ env }));
  const browser: Browser = await chromium.launch({
    executablePath: await findChromium(),
    // Electron always tells a port that the other end is gone; Chromium has it behind this.
    args: [...chromiumArguments, '--enable-blink-features=MessagePortCloseEvent'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.route(`${origin}/**`, async (route) => {
    const address = route.request().url().replace(origin, pageOrigin);
    const answer = await answerPage(
      new Request(address, { method: route.request().method() }),
      join(import.meta.dirname, '../out/renderer'),
      { chooseFolders: (purpose) => Promise.resolve(chooseFolders(purpose)), reveal: () => undefined },
    );
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  });
  let port: PlayedPort | undefined;
  await page.exposeFunction('toEngine', (text: string) => port?.heard({ data: text }));
  await page.exposeFunction('toMain', async (channel: string) => {
    if (channel !== 'scenelab:ready') throw new Error(`Nobody listens to ${channel}.`);
    const engine = await supervisor.running();
    await page.evaluate('played.open()');
    joinPort((port = new PlayedPort(page)), engine.connect());
  });
  await page.addInitScript(
    `${playElectron(dropsFrom)}\n(() => { const require = () => played.electron; ${preload} })();`,
  );
  await page.goto(`${origin}/`);
  return {
    page,
    supervisor,
    tell: (command) => page.evaluate(`played.tell(${JSON.stringify(command)})`),
    async stop() {
      await browser.close();
      await supervisor.stop();
    },
  };
}

/** Main's end of a channel whose other end is in the page. All of oRPC's messages are texts here. */
class PlayedPort implements PagePort {
  readonly #page: Page;
  heard: (message: { data: unknown }) => void = () => undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  on(event: 'message' | 'close', listener: (message: { data: unknown }) => void): void {
    if (event === 'message') this.heard = listener;
  }
  postMessage(message: unknown): void {
    void this.#page.evaluate(`played.say(${JSON.stringify(message)})`).catch(() => undefined);
  }
  close(): void {
    void this.#page.evaluate('played.close()').catch(() => undefined);
  }
  start(): void {}
}

/** What the preload needs of Electron, in the page. */
const playElectron = (dropsFrom: string): string => `
  const listeners = {};
  let port;
  const played = (window.played = {
    electron: {
      contextBridge: { exposeInMainWorld: (name, given) => (window[name] = given) },
      webUtils: { getPathForFile: (file) => ${JSON.stringify(dropsFrom)} + '/' + file.name },
      ipcRenderer: { on: (channel, listener) => (listeners[channel] = listener), send: (channel) => toMain(channel) },
    },
    open() {
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = ({ data }) => toEngine(data);
      listeners['scenelab:engine']({ ports: [channel.port2] });
    },
    say: (message) => port.postMessage(message),
    close: () => port.close(),
    tell: (command) => listeners['scenelab:command']({}, command),
  });`;
