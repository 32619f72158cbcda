import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { dropPaths } from './drop-paths.ts';
import { expectAccessible } from './expect-accessible.ts';
import { countIn, dropSample, labelRow, sample, total, labels } from './sample-project.ts';

test('folders that are dropped become labels, a digit labels, undo takes it back', async ({
  app: { page },
}) => {
  await dropSample(page);
  for (const label of labels) await expect(labelRow(page, label)).toContainText(String(countIn(label)));

  await page.getByRole('option').first().click();
  await page.keyboard.press('2');
  await expect(labelRow(page, 'monument')).toContainText(String(countIn('monument') + 1));
  await expect(page.getByRole('option').first()).toHaveAccessibleName(/monument/);

  await page.keyboard.press('Control+z');
  await expect(labelRow(page, 'monument')).toContainText(String(countIn('monument')));
  await expect(page.getByRole('option').first()).toHaveAccessibleName(/fish/);
});

test('a range, a lasso and a drag choose and label several photos', async ({ app: { page } }) => {
  await dropSample(page);
  const tiles = page.getByRole('option');
  await tiles.nth(0).click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText('3 selected')).toBeVisible();
  await tiles.nth(1).dragTo(labelRow(page, 'tool'));
  await expect(labelRow(page, 'tool')).toContainText(String(countIn('tool') + 3));

  await page.keyboard.press('Escape');
  const [from, to] = [await tiles.nth(0).boundingBox(), await tiles.nth(1).boundingBox()];
  if (!from || !to) throw new Error('There are no two photos to be seen.');
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 30, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText('2 selected')).toBeVisible();
});

test('Home goes to the first photo from wherever the view is, and zooming keeps the chosen one in view', async ({
  app: { page },
}) => {
  await dropSample(page);
  const tiles = page.getByRole('option');
  await tiles.first().click();
  await page.mouse.wheel(0, 10_000);
  await expect(page.locator('#photo-0')).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(page.locator('#photo-0')).toBeInViewport();

  await page.keyboard.press('End');
  const last = page.locator(`#photo-${total - 1}`);
  await expect(last).toBeInViewport();
  for (const key of ['+', '+', '+', '-', '-', '-', '-']) await page.keyboard.press(key);
  await expect(last).toBeInViewport();
});

test('a label is found by typing, made when it is new, and deleted', async ({ app: { page } }) => {
  await dropSample(page);
  await page.getByRole('option').first().click();
  await page.keyboard.press('s');
  await page.keyboard.type('hark');
  await page.keyboard.press('Enter');
  await expect(labelRow(page, 'shark')).toContainText('1');

  await labelRow(page, 'shark').hover();
  await page.getByRole('button', { name: 'More for shark' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete label' }).click();
  await expect(labelRow(page, 'shark')).toHaveCount(0);
  await expect(page.getByRole('listbox', { name: 'Photos of the project' })).toBeFocused();
  await expect(page.getByRole('radio', { name: /Unlabelled 1/ })).toBeVisible();
});

test('the preview shows the photo large with what is known of it', async ({ app: { page } }) => {
  await dropSample(page);
  await page.getByRole('option').first().click();
  await page.keyboard.press('Space');
  const preview = page.getByRole('dialog');
  await expect(preview.getByText(`1 of ${total}`)).toBeVisible();
  await expect(preview.getByText('Size')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(preview.getByText(`2 of ${total}`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(preview).toHaveCount(0);
});

test('the keys stay with the photos when the one they were on is scrolled away or excluded', async ({
  app: { page },
}) => {
  await dropSample(page);
  const grid = page.getByRole('listbox', { name: 'Photos of the project' });
  await page.getByRole('option').first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await expect(page.getByText(`${total - 1} photos`, { exact: false }).first()).toBeVisible();
  await expect(grid).toHaveAttribute('aria-activedescendant', `photo-${total - 2}`);
  await expect(page.locator(`#photo-${total - 2}`)).toBeInViewport();

  await page.keyboard.press('Space');
  const preview = page.getByRole('dialog');
  await expect(preview.getByText(`${total - 1} of ${total - 1}`)).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(preview.getByText(`${total - 2} of ${total - 2}`)).toBeVisible();
  await preview.getByRole('button', { name: 'Previous photo' }).press('Space');
  await expect(preview.getByText(`${total - 3} of ${total - 2}`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();

  await page.getByRole('button', { name: 'New label' }).click();
  await page.keyboard.type('shark');
  await page.keyboard.press('Enter');
  await expect(labelRow(page, 'shark')).toContainText('0');
  await expect(grid).toBeFocused();
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Exclude' }).click();
  await expect(grid).toBeFocused();
});

test('files that are no photos are listed with the reason', async ({ app: { page } }, info) => {
  const folder = info.outputPath('mixed');
  mkdirSync(folder);
  copyFileSync(join(sample, 'fish', readdirSync(join(sample, 'fish'))[0] ?? ''), join(folder, 'fish.webp'));
  writeFileSync(join(folder, 'letter.jpg'), 'Dear reader,');
  await page.getByRole('heading', { name: 'Drop folders of photos here' }).waitFor();
  await dropPaths(page.getByRole('main'), [folder]);
  await page.getByRole('radio', { name: /Skipped 1/ }).click({ timeout: 60_000 });
  await expect(page.getByRole('row').filter({ hasText: 'letter.jpg' })).toContainText(/not a photo/i);
});

test('the engine dies, the window stays, and labelling goes on', async ({ app: { page, killEngine } }) => {
  await dropSample(page);
  await killEngine();
  await page.getByRole('option').nth(1).click();
  await page.keyboard.press('3');
  await expect(labelRow(page, 'tool')).toContainText(String(countIn('tool') + 1));
});

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing on start and photos, ${theme}`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.getByRole('heading', { name: 'Drop folders of photos here' }).waitFor();
    await expectAccessible(page);
    await dropSample(page);
    await page.getByRole('option').first().click();
    await expectAccessible(page);
    await page.keyboard.press('Space');
    await expect(page.getByRole('dialog').getByText('Size')).toBeVisible();
    await expectAccessible(page);
  });
