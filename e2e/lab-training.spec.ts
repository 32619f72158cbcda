import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectAccessibleInBoth } from './expect-accessible.ts';
import { dropSample } from './sample-project.ts';

async function openTraining(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
}

test(
  'a network learns digits from scratch, is judged and kept until it is deleted',
  { tag: '@native' },
  async ({ app: { page } }) => {
    test.slow();
    await openTraining(page);
    await expect(page.getByText('None yet.')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Network' })).toHaveValue('lenet-5');
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
    await page.getByRole('spinbutton', { name: 'Images, at most' }).fill('2000');
    await expectAccessibleInBoth(page);
    await page.getByRole('button', { name: 'Train from scratch' }).click();

    const result = page.getByRole('region', { name: 'LeNet-5 on MNIST' });
    await expect(result).toContainText('of 10,000 images it had never seen are right', { timeout: 120_000 });
    await expect(result).toContainText('61,706 weights learned from 2,000 images in 2 epochs');
    await expect(result.getByRole('heading', { name: 'What it mixes up' })).toBeVisible();
    await expectAccessibleInBoth(page);

    await page.reload();
    await openTraining(page);
    await expect(page.getByRole('row', { name: /LeNet-5 MNIST 2 \d\d\.\d\d %/ })).toBeVisible();
    await page.getByRole('button', { name: /^\d\d\.\d\d %$/ }).click();
    await expect(result).toBeVisible();
    await page.getByRole('button', { name: 'Delete LeNet-5' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText('None yet.')).toBeVisible();
    await expect(result).toBeHidden();
  },
);

test(
  'a training goes on over a reload, and is stopped or cancelled',
  { tag: '@native' },
  async ({ app: { page } }) => {
    test.slow();
    await openTraining(page);
    await page.getByRole('combobox', { name: 'Network' }).selectOption('Course network');
    await page.getByRole('button', { name: 'Train from scratch' }).click();
    const running = page.getByRole('region', { name: 'Training from scratch' });
    await expect(running).toContainText('Course network, epoch 1 of 10', { timeout: 60_000 });
    await expectAccessibleInBoth(page);
    await page.reload();
    await openTraining(page);
    await running.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Train from scratch' })).toBeVisible();
    await expect(page.getByText('None yet.')).toBeVisible();

    await page.getByRole('button', { name: 'Train from scratch' }).click();
    await running.getByRole('button', { name: 'Stop, keep it as it is' }).click({ timeout: 60_000 });
    await expect(page.getByRole('region', { name: 'LeNet-5 on MNIST' })).toBeVisible({ timeout: 60_000 });
  },
);

test('photos of the open project are learned from', { tag: '@native' }, async ({ app: { page } }) => {
  test.slow();
  await dropSample(page);
  await openTraining(page);
  await page.getByRole('radio', { name: /^Photos of/ }).click();
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('1');
  await page.getByRole('button', { name: 'Train from scratch' }).click();
  const result = page.getByRole('region', { name: /^LeNet-5 on/ });
  await expect(result).toContainText('images it had never seen are right', { timeout: 120_000 });
  await expect(result.getByRole('columnheader', { name: 'windmill' })).toBeVisible();
});
