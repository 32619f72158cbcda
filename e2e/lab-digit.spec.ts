import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectAccessibleInBoth } from './expect-accessible.ts';

/** Draws a one, from the top to the foot of the paper. */
async function drawOne(page: Page): Promise<void> {
  const box = await page.getByRole('group', { name: 'Drawing' }).boundingBox();
  if (!box) throw new Error('There is no paper.');
  await page.mouse.move(box.x + 140, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 130, box.y + 240, { steps: 12 });
  await page.mouse.up();
}

test(
  'one click trains a network that reads what is drawn, layer by layer',
  { tag: '@native' },
  async ({ app: { page } }) => {
    test.slow();
    await page.getByRole('button', { name: 'Lab', exact: true }).click();
    await page.getByRole('tab', { name: 'Draw a digit' }).click();
    await expect(page.getByText('scenelab lab train lenet-5 --data mnist')).toBeVisible();
    await expectAccessibleInBoth(page);
    await page.getByRole('button', { name: 'Train LeNet-5' }).click();
    await expect(page.getByRole('heading', { name: 'LeNet-5, epoch 2 of 5' })).toBeVisible({
      timeout: 180_000,
    });
    await page.getByRole('button', { name: 'Stop, keep it as it is' }).click();

    const reads = page.getByRole('tabpanel').getByRole('status');
    await expect(reads).toHaveText('Nothing is drawn yet', { timeout: 60_000 });
    await expectAccessibleInBoth(page);
    await drawOne(page);
    await expect(reads).toContainText(/^1\s*[>\d]+\u00a0%$/);
    await expect(page.getByText(/^Answered in [\d,]+ ms\.$/)).toBeVisible();
    const layers = page.getByRole('region', { name: /^Layer by layer/ });
    for (const layer of [
      'c1 convolution · 28 × 28 · 6 maps',
      's4 average pooling · 5 × 5 · 16 maps',
      'f6 dense · 84 units',
    ])
      await expect(layers.getByText(layer)).toBeVisible();
    await expectAccessibleInBoth(page);

    // By key alone, with a digit of the test set.
    await page.getByRole('button', { name: 'A 7' }).press('Enter');
    await expect(reads).toContainText(/^7/);
    await page.getByRole('tab', { name: 'Layers' }).click();
    await page.getByRole('tab', { name: 'Draw a digit' }).click();
    await expect(reads).toContainText(/^7/);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(reads).toHaveText('Nothing is drawn yet');
    await expect(layers).toBeHidden();
  },
);
