import { test as base, expect, type Page } from '@playwright/test';
import { hasNative } from '../scripts/runtime/has-native.ts';
import type { AppUnderTest } from './app-under-test.ts';
import { launchBrowser } from './launch-browser.ts';
import { hasElectron, launchElectron } from './launch-electron.ts';

/** `test` with the app opened on an empty data folder. A page that logs an error, or breaks its own policy, fails. */
export const test = base.extend<{ app: AppUnderTest } & { shell: 'browser' | 'electron' }>({
  shell: ['browser', { option: true }],
  app: async ({ shell }, use, info) => {
    const folder = info.outputPath('app');
    const problems: string[] = [];
    const watch = (page: Page) => {
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    };
    info.skip(info.tags.includes('@native') && !hasNative(), 'Native TensorFlow is not installed.');
    if (shell === 'electron') info.skip(!hasElectron(), 'There is no Electron on this machine.');
    const app = await (shell === 'electron' ? launchElectron : launchBrowser)(folder, watch);
    await use(app);
    await app.stop();
    expect(problems).toEqual([]);
  },
});
export { expect };
