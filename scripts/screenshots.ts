import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumArguments, findChromium } from '../e2e/find-chromium.ts';
import { dropPaths } from '../e2e/drop-paths.ts';
import { launchHost } from '../e2e/launch-host.ts';
import { sample } from '../e2e/sample-project.ts';

/** `npm run screenshots`: the pictures of the README, from the sample project, light and dark, into docs/screenshots. */
const target = join(import.meta.dirname, '../docs/screenshots');
const size = { width: 1280, height: 800 };
const settle = 700;

const folder = mkdtempSync(join(tmpdir(), 'scenelab-screenshots-'));
mkdirSync(target, { recursive: true });
const host = await launchHost(folder);
const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
try {
  const page = await (await browser.newContext({ viewport: size, reducedMotion: 'reduce' })).newPage();
  await page.goto(host.address);
  await page.getByText(/^TensorFlow|^ONNX/).waitFor();
  await shoot(page, 'start');
  await shootLab(page);
  await page.getByRole('button', { name: 'Try the sample project' }).click();
  await page.getByText('photos added').waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await shoot(page, 'photos');
  await page.getByRole('button', { name: 'Fine-tune' }).click();
  await page.getByRole('button', { name: 'Fine-tune', exact: true }).click();
  await page.getByText(/epoch [4-9] of/).waitFor({ timeout: 300_000 });
  await shoot(page, 'train');
  await page.getByRole('heading', { name: 'What it mixes up' }).waitFor({ timeout: 600_000 });
  await shoot(page, 'results');
  await open(page, 'Predict');
  await dropPaths(page.getByRole('main'), [join(sample, 'windmill'), join(sample, 'fish')]);
  await page.getByText('Predicting').waitFor({ timeout: 60_000 });
  await page.getByText('Predicting').waitFor({ state: 'detached', timeout: 120_000 });
  await shoot(page, 'predict');
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true });
}

/** Needs no project: the sample photos, and a network that learns digits in between. */
async function shootLab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('tab', { name: 'Look inside' }).click();
  const layers = page.getByRole('region', { name: 'What its layers see' });
  await layers.getByRole('button', { name: /^Enlarge map/ }).first().waitFor({ timeout: 120_000 }); // prettier-ignore
  await layers.getByRole('slider', { name: 'Layer' }).fill('6');
  await layers.getByRole('heading', { name: /^block2-expand/ }).waitFor();
  await layers.evaluate((panel) => panel.scrollIntoView());
  await shoot(page, 'lab-inside');
  await page.getByRole('tab', { name: 'Draw a digit' }).click();
  await page.getByRole('button', { name: 'Train LeNet-5' }).click();
  await page.getByRole('button', { name: 'Another 5' }).click({ timeout: 600_000 });
  await page.getByText(/^Answered in/).waitFor();
  await shoot(page, 'lab-digit');
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: /^\d\d\.\d\d %$/ }).click();
  const result = page.getByRole('region', { name: 'LeNet-5 on MNIST' });
  await result.getByRole('heading', { name: 'What it mixes up' }).waitFor();
  await result.evaluate((panel) => panel.scrollIntoView());
  await shoot(page, 'lab-train');
  await page.getByRole('button', { name: 'Scenelab' }).click();
}

async function open(page: Page, screen: string): Promise<void> {
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('button', { name: new RegExp(`^${screen}`) }).click();
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(settle);
    await page.screenshot({ path: join(target, `${name}-${colorScheme}.png`) });
  }
}
