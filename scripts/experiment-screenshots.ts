import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { ExperimentId } from '../contract/index.ts';
import { chromiumArguments, findChromium } from '../e2e/find-chromium.ts';
import { launchHost } from '../e2e/launch-host.ts';

/**
 * `node scripts/experiment-screenshots.ts [--data <folder>] [--only <id>]`: every experiment of the Lab, or one, as a picture in
 * docs/screenshots. Those that are kept in a data folder (SCENELAB_DATA of whoever ran them) are shown as they are; the others are
 * run first, all of them in about a quarter of an hour on two quiet cores.
 */
const { values: options } = parseArgs({ options: { data: { type: 'string' }, only: { type: 'string' } } });
const wanted = ExperimentId.options.filter((id) => options.only === undefined || id === options.only);
const target = join(import.meta.dirname, '../docs/screenshots');
const size = { width: 1280, height: 800 };
const settle = 700;
const longest = 30 * 60_000; // milliseconds

const folder = mkdtempSync(join(tmpdir(), 'scenelab-screenshots-'));
mkdirSync(target, { recursive: true });
if (options.data)
  cpSync(join(options.data, 'experiments'), join(folder, 'data/experiments'), { recursive: true });
const host = await launchHost(folder);
const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
try {
  const page = await (await browser.newContext({ viewport: size, reducedMotion: 'reduce' })).newPage();
  await page.goto(host.address);
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('tab', { name: 'Experiments' }).click();
  await shootEach(page);
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true });
}

async function shootEach(page: Page): Promise<void> {
  const regions = page.getByRole('tabpanel').getByRole('region');
  await regions.first().waitFor();
  const regionOf = (id: ExperimentId) => regions.nth(ExperimentId.options.indexOf(id));
  for (const id of wanted) {
    const region = regionOf(id);
    const isKept = (await region.getByRole('button', { name: 'Run again' }).count()) > 0;
    if (!isKept) await region.getByRole('button', { name: 'Run' }).click();
    await region.getByRole('button', { name: 'Run again' }).waitFor({ timeout: longest });
  }
  for (const colorScheme of options.only === undefined ? (['light', 'dark'] as const) : []) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(settle);
    await page.screenshot({ path: join(target, `lab-experiments-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  for (const id of wanted) await regionOf(id).screenshot({ path: join(target, `experiment-${id}.png`) });
}
