import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { findElectron } from '../scripts/find-electron.ts';
import type { AppUnderTest } from './app-under-test.ts';
import { chromiumArguments } from './find-chromium.ts';

const program = findElectron();

export const hasElectron = (): boolean => program !== null;

/** The app in Electron, on a data folder of its own. Linux needs a display, which xvfb-run gives. */
export async function launchElectron(folder: string, watch: (page: Page) => void): Promise<AppUnderTest> {
  const app = await _electron.launch({
    executablePath: program ?? 'electron',
    args: [...chromiumArguments, join(import.meta.dirname, '..')],
    env: { ...environment(), SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') },
  });
  const findEngine = () =>
    app.evaluate(({ app: main }) => main.getAppMetrics().find(({ name }) => name === 'Scenelab engine')?.pid);
  const page = await app.firstWindow();
  watch(page);
  return {
    page,
    async killEngine() {
      const pid = await findEngine();
      if (pid === undefined) throw new Error('No engine runs.');
      process.kill(pid, 'SIGKILL');
    },
    stop: () => app.close(),
  };
}

/** This process's own, without what is unset. */
function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(set);
}
