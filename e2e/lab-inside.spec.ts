import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { dropPaths } from './drop-paths.ts';
import { expectAccessible, expectAccessibleInBoth } from './expect-accessible.ts';
import { dropSample, sample } from './sample-project.ts';

async function lookInside(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('tab', { name: 'Look inside' }).click();
}

test('networks name a photo side by side; the maps of each layer, and the filters of the first, are pictures', async ({
  app: { page },
}) => {
  test.slow();
  await lookInside(page);
  const network = (name: string) => page.getByRole('article', { name });
  await expect(network('EfficientNet-Lite0')).toContainText('rock beauty', { timeout: 90_000 });
  await expect(network('EfficientNet-Lite0')).toContainText(
    '224 × 224 pixels of the photo, cut to its middle',
  );
  await expect(network('EfficientNet-Lite2')).toContainText('rock beauty', { timeout: 60_000 });
  const maps = page.getByRole('region', { name: 'What its layers see' });
  await expect(maps.getByRole('heading', { name: /^stem convolution · 112 × 112 · 32 maps/ })).toBeVisible();
  await expect(maps.getByRole('button', { name: /^Enlarge map/ })).toHaveCount(32);
  await expect(page.getByRole('region', { name: 'The first layer’s filters' }).getByRole('listitem')).toHaveCount(32); // prettier-ignore
  await expectAccessibleInBoth(page);

  await maps.getByRole('slider', { name: 'Layer' }).press('ArrowRight');
  await expect(maps.getByRole('heading', { name: /^block0-depthwise depthwise/ })).toBeVisible();
  await maps.getByRole('button', { name: /^Enlarge map/ }).first().press('Enter'); // prettier-ignore
  const dialog = page.getByRole('dialog', { name: /^block0-depthwise, Map/ });
  await expect(dialog).toContainText('1 of 32, the strongest first');
  await page.keyboard.press('ArrowRight');
  await expect(dialog).toContainText('2 of 32');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await maps.getByRole('radio', { name: 'EfficientNet-Lite2' }).click();
  await expect(maps.getByRole('heading', { name: /each point the mean of 2 × 2/ })).toBeVisible();
  await network('EfficientNet-Lite2')
    .getByRole('combobox')
    .selectOption('Inception v3 (not on this machine)');
  await expect(network('Inception v3')).toContainText('scenelab backbone add inception-v3');
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Remove Inception v3/ }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('a dropped photo is looked at and added to nothing', async ({ app: { page } }) => {
  test.slow();
  await lookInside(page);
  await expect(page.getByRole('article', { name: 'EfficientNet-Lite0' })).toContainText('rock beauty', { timeout: 90_000 }); // prettier-ignore
  await dropPaths(page.getByRole('main'), [join(sample, 'tool/hammer1.webp')]);
  await expect(page.getByRole('article', { name: 'EfficientNet-Lite0' })).toContainText('hammer', { timeout: 30_000 }); // prettier-ignore
  await expect(page.getByRole('radio', { name: 'Yours' })).toBeChecked();
  await expect(page.getByRole('img', { name: 'hammer1.webp' })).toBeVisible();
  await page.getByRole('button', { name: 'Scenelab' }).click();
  await expect(page.getByRole('heading', { name: 'Drop folders of photos here' })).toBeVisible();
});

test('after the engine died the sample photos have pictures again', async ({ app }) => {
  const { page } = app;
  await lookInside(page);
  const pictures = page.getByRole('list', { name: 'Photos to look at' }).locator('img');
  const loaded = () =>
    pictures.evaluateAll(
      (all) => all.filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0).length,
    );
  // Until all that are in view have come: what is asked for while there is no engine is an error on the page.
  let before = 0;
  const areIn = async () => before === (before = await loaded()) && before > 0;
  await expect.poll(areIn, { intervals: [1000], timeout: 60_000 }).toBe(true);
  await pictures.first().evaluate((image) => image.setAttribute('data-before', ''));
  await app.killEngine();
  await expect(page.locator('img[data-before]')).toHaveCount(0, { timeout: 60_000 });
  const last = pictures.last();
  await last.scrollIntoViewIfNeeded();
  await expect.poll(() => last.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBeGreaterThan(0); // prettier-ignore
});

test('the photos of the open project come first', async ({ app: { page } }) => {
  test.slow();
  await dropSample(page);
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('tab', { name: 'Look inside' }).click();
  await expect(page.getByRole('radio', { name: 'Your project' })).toBeChecked({ timeout: 30_000 });
  const photos = page.getByRole('list', { name: 'Photos to look at' });
  await expect(photos.getByRole('button')).toHaveCount(40);
  await photos.getByRole('button').nth(39).click();
  await expect(page.getByRole('article', { name: 'EfficientNet-Lite0' })).toContainText('%', { timeout: 60_000 }); // prettier-ignore
});
