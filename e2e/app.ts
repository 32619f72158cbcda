import { test as base, chromium, expect, type Page } from '@playwright/test';
import { chromiumArguments, findChromium } from './find-chromium.ts';
import { launchHost, type RunningHost } from './launch-host.ts';

/** The running app with an empty data folder; `problems` are what its page logged as errors. */
export interface AppUnderTest {
  page: Page;
  host: RunningHost;
  problems: string[];
}

/** `test` with the app opened in a browser of its own. A page that logs an error, or breaks its own policy, fails. */
export const test = base.extend<{ app: AppUnderTest }>({
  // Playwright wants the pattern, also where nothing is taken from it.
  // eslint-disable-next-line no-empty-pattern
  app: async ({}, use, info) => {
    const host = await launchHost(info.outputPath('app'));
    const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(host.address);
    await use({ page, host, problems });
    await browser.close();
    await host.stop();
    expect(problems).toEqual([]);
  },
});
export { expect };
