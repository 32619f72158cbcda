import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectAccessible } from './expect-accessible.ts';
import { countIn, dropSample, labels, labelRow, total } from './sample-project.ts';

test('photos become a model: plan, fine-tune, results, a mistake put right', async ({ app: { page } }) => {
  await dropSample(page);
  // One label that is wrong for certain, so that there is something to find.
  await page.getByRole('option').first().click();
  await page.keyboard.press('2');
  await expect(labelRow(page, 'monument')).toContainText(String(countIn('monument') + 1));

  await page.getByRole('button', { name: 'Fine-tune' }).click();
  await expect(page.getByText(`${total} labelled photos in ${labels.length} labels`)).toBeVisible();
  await page.getByRole('radio', { name: /Quick/ }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Fine-tune', exact: true }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();

  await expect(page.getByRole('heading', { name: 'What it mixes up' })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/of \d+ photos it had never seen are right/)).toBeVisible();
  await expectAccessible(page);
  const believed = page.getByRole('region', { name: 'Can its confidence be believed?' });
  const surest = believed.getByRole('listitem').filter({ hasText: /^90–100\s%/ });
  const left = await surest.locator('i').evaluate((mark) => parseFloat(getComputedStyle(mark).left));
  expect(left).toBeGreaterThan(0);

  const right = page.getByRole('button', { name: /photos? of fish right/ });
  await right.click();
  await expect(page.getByRole('heading', { name: /^fish: \d+ photos? right/ })).toBeVisible();
  await page.getByRole('button', { name: 'All mistakes' }).click();

  await putRight(page);
  await page.getByRole('button', { name: 'Fine-tune again' }).first().click();
  await page.getByRole('radio', { name: /Quick/ }).click();
  await page.getByRole('button', { name: 'Fine-tune', exact: true }).click();
  const before = page.getByRole('button', { name: 'Previous run', exact: true });
  await expect(before).toBeVisible({ timeout: 90_000 });
  await before.click();
  await expect(before).toHaveCount(0);
  await page.getByRole('button', { name: /^Results/ }).click();
  await expect(before).toBeVisible();

  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Earlier runs' })).toBeVisible();
  // The second time it is known how long it takes.
  await expect(page.getByRole('radio', { name: /Quick.*about/ })).toBeVisible();
});

test('a training is paused, resumed and cancelled, and another can begin', async ({ app: { page } }) => {
  await dropSample(page);
  await page.getByRole('button', { name: 'Fine-tune' }).click();
  await page.getByRole('button', { name: 'Fine-tune', exact: true }).click();
  const warning = page.getByRole('region', { name: 'Training' }).getByText('has only 14 photos');
  await expect(warning).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText(/\d+ of \d+/).waitFor({ timeout: 60_000 });
  // It is warned of again, and shown once.
  await expect(warning).toHaveCount(1);
  await expect(page.getByRole('heading', { name: 'Earlier runs' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /^Train/ }).click();
  await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Fine-tune', exact: true })).toBeVisible();
});

/** A fish called monument: relabelled, taken back, confirmed, that taken back too, and relabelled for good. */
async function putRight(page: Page): Promise<void> {
  // Wherever the wrong label ended up: among the likely ones, the hard photos, or the test photos.
  const hard = page.getByRole('button', { name: /more answers? differs?/ });
  if (await hard.isVisible()) await hard.click();
  const wrong = page.getByRole('group', { name: /^fish >?\d+ %, you said monument/ }).first();
  await wrong.focus();
  await wrong.press('Enter');
  await expect(wrong).toContainText('now fish');
  await expect(page.getByText('1 photo changed since this run.')).toBeVisible();
  await expectAccessible(page);
  await wrong.press('u');
  await expect(wrong).toContainText('you said monument');
  await expect(page.getByText('changed since this run.')).toBeHidden();

  // What a person confirmed is remembered.
  await wrong.press('k');
  await expect(wrong).toContainText('stays monument');
  await page.reload();
  await page.getByRole('button', { name: /^Results/ }).click();
  await hard.or(wrong).first().waitFor();
  if (await hard.isVisible()) await hard.click();
  await expect(wrong).toContainText('stays monument');
  await wrong.getByRole('button', { name: 'Undo' }).click();
  await wrong.press('Enter');
  await expect(wrong).toContainText('now fish');
}
