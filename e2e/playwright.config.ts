import { defineConfig } from '@playwright/test';

/** Where `.ci/run` wants a report, to add it up. */
const reports = process.env['TEST_REPORTS'];

export default defineConfig<{ shell: 'browser' | 'electron' }>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: 'browser', use: { shell: 'browser' } },
    { name: 'electron', use: { shell: 'electron' } },
  ],
  reporter: reports ? [['line'], ['json', { outputFile: `${reports}/e2e.json` }]] : 'list',
});
