import { readFile } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import type { AppUnderTest } from './app-under-test.ts';
import { chromiumArguments, findChromium } from './find-chromium.ts';
import { launchHost } from './launch-host.ts';

/** The app in a browser, on a host and a data folder of its own. */
export async function launchBrowser(folder: string, watch: (page: Page) => void): Promise<AppUnderTest> {
  const host = await launchHost(folder);
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  watch(page);
  await page.goto(host.address);
  return {
    page,
    killEngine: async () => void process.kill(await onlyChild(host.child.pid), 'SIGKILL'),
    async stop() {
      await browser.close();
      await host.stop();
    },
  };
}

/** The engine is the host's only child process. */
async function onlyChild(parent: number | undefined): Promise<number> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}
