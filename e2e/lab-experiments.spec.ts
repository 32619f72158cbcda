import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectAccessibleInBoth } from './expect-accessible.ts';

async function open(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await page.getByRole('tab', { name: 'Experiments' }).click();
}

async function reopen(page: Page): Promise<void> {
  await page.reload();
  await open(page);
}

test(
  'an experiment is run with one click, goes on over a reload, shows what came of it, and keeps it',
  { tag: '@native' },
  async ({ app: { page, killEngine } }) => {
    test.setTimeout(600_000);
    await open(page);
    const experiment = page.getByRole('region', { name: 'Dense or convolutional?' });
    await expect(experiment).toContainText('Not run yet', { timeout: 60_000 });
    await expect(experiment).toContainText('98,524 parameters');
    await expectAccessibleInBoth(page);

    await page.getByRole('combobox', { name: 'Runs of each side' }).selectOption('1');
    await experiment.getByRole('button', { name: 'Run' }).click();
    await expect(experiment.getByRole('status')).toContainText('run 1 of 1', { timeout: 120_000 });
    const other = page.getByRole('region', { name: 'Max pooling or a stride?' });
    await expect(other.getByRole('button', { name: 'Run' })).toBeDisabled();
    await expectAccessibleInBoth(page);
    await reopen(page);
    await experiment.getByRole('button', { name: 'Cancel' }).click({ timeout: 60_000 });
    await expect(experiment).toContainText('Not run yet');

    await page.getByRole('combobox', { name: 'Runs of each side' }).selectOption('1');
    await experiment.getByRole('button', { name: 'Run' }).click();
    await expect(experiment.getByRole('status')).toContainText('Convolutional', { timeout: 120_000 });
    await reopen(page);
    await expect(experiment.getByRole('status')).toContainText('run 1 of 1', { timeout: 60_000 });
    await expect(other.getByRole('button', { name: 'Run' })).toBeDisabled();
    const soFar = experiment.getByRole('img', { name: /: Dense; Convolutional\.$/ });
    await expect(soFar).toBeVisible();
    const chart = experiment.getByRole('img', {
      name: /^Dense or convolutional\? .*Convolutional 9\d\.\d %/,
    });
    await expect(chart).toBeVisible({ timeout: 300_000 });
    await expect(experiment).toContainText(
      'On digits moved by 4 pixels: one run of each side can show no difference.',
    );
    await expect(experiment).toContainText('scenelab lab experiment dense-or-convolutional --seeds 1');
    await experiment.getByRole('button', { name: 'All figures' }).click();
    await expect(experiment.getByRole('row', { name: /^0 9\d\.\d % 9\d\.\d %/ })).toBeVisible();
    await expectAccessibleInBoth(page);

    await experiment.getByRole('button', { name: 'Run again' }).click();
    await expect(experiment.getByRole('status')).toContainText('run 1 of 3', { timeout: 120_000 });
    await killEngine();
    await expect(experiment.getByRole('alert')).toContainText('The engine stopped', { timeout: 60_000 });
    await expect(chart).toBeVisible();

    await reopen(page);
    await expect(chart).toBeVisible({ timeout: 60_000 });
    await experiment.getByRole('button', { name: 'Show in Layers' }).last().click();
    await expect(page.getByRole('region', { name: 'In all' })).toContainText('98,524', { timeout: 60_000 });
  },
);
