import { join } from 'node:path';
import { expect, test } from './app.ts';
import { dropPaths } from './drop-paths.ts';
import { launchHost } from './launch-host.ts';
import { dropSample, labels, sample, total } from './sample-project.ts';

test('the engine dies in the middle of an import: the window stays, all photos come in', async ({ app }) => {
  const { page } = app;
  await page.getByRole('heading', { name: 'Drop folders of photos here' }).waitFor();
  await dropPaths(
    page.getByRole('main'),
    labels.map((label) => join(sample, label)),
  );
  await page.getByText(new RegExp(`[1-9]\\d? of ${total} photos · .* photos/s`)).waitFor({ timeout: 60_000 });
  await app.killEngine();
  await expect(page.getByText(`${total} photos · ${labels.length} labels`)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/Importing/)).toHaveCount(0, { timeout: 30_000 });
});

test('the engine dies in the middle of a training: it goes on by itself', async ({ app }) => {
  test.slow();
  const { page } = app;
  await dropSample(page);
  await page.getByRole('button', { name: 'Fine-tune' }).click();
  // Before the first training the time is a guess, but there is one.
  await expect(page.getByRole('radio', { name: /Thorough.*about/ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('radio', { name: /Quick/ }).click();
  await page.getByRole('button', { name: 'Fine-tune', exact: true }).click();
  await page.getByText(/\d+ of \d+/).waitFor({ timeout: 60_000 });
  await app.killEngine();
  await expect(page.getByRole('heading', { name: 'What it mixes up' })).toBeVisible({ timeout: 200_000 });
});

test(
  'the engine dies in the middle of fine-tuning: it goes on by itself with less memory, and says so',
  { tag: '@native' },
  async ({ app }) => {
    test.slow();
    const { page } = app;
    await dropSample(page);
    await page.getByRole('button', { name: 'Fine-tune' }).click();
    await page.getByRole('button', { name: 'Fine-tune', exact: true }).click({ timeout: 60_000 });
    await page.getByText(/\d+ of \d+/).waitFor({ timeout: 60_000 });
    await app.killEngine();
    const said = page.getByText('the photos of a batch go through 16 at a time.');
    await expect(said).toBeVisible({ timeout: 60_000 });
  },
);

test('the host ends: the page says so, and takes in nothing that would be lost', async ({ app }, info) => {
  test.skip(info.project.name === 'electron', 'There the window ends with it.');
  const host = await launchHost(info.outputPath('ends'));
  try {
    // Not the page that is watched: a browser logs each connection that is refused.
    const page = await app.page.context().newPage();
    await page.goto(host.address);
    await page.getByRole('button', { name: 'New empty project' }).click();
    await page.getByRole('button', { name: 'New label' }).waitFor();
    await host.stop();
    await expect(page.getByRole('heading', { name: 'Scenelab has ended' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'New label' })).toHaveCount(0);
  } finally {
    await host.stop();
  }
});
