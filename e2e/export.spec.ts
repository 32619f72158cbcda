import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';
import { expect, test } from './app.ts';
import { dropPaths } from './drop-paths.ts';
import { expectAccessibleInBoth } from './expect-accessible.ts';
import { dropSample, sample } from './sample-project.ts';

test('a model answers photos that were dropped, and is exported', async ({ app: { page } }, info) => {
  test.slow();
  await dropSample(page);
  await open(page, 'Export');
  await expect(page.getByRole('heading', { name: 'No model yet' })).toBeVisible();

  await open(page, 'Train');
  await page.getByRole('radio', { name: /Quick/ }).click();
  await page.getByRole('button', { name: 'Fine-tune', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'What it mixes up' })).toBeVisible({ timeout: 90_000 });

  await open(page, 'Predict');
  await expectAccessibleInBoth(page);
  await dropUnanswerable(page, info.outputPath('dropped'));
  await dropPaths(page.getByRole('main'), [mixedFolder(info.outputPath('mixed'))]);
  const answer = page.getByRole('list', { name: 'Predictions' }).getByRole('listitem').first();
  await expect(answer).toContainText('windmill', { timeout: 60_000 });
  await expect(answer).toContainText('mill.webp');
  await expect.poll(() => answer.locator('img').evaluate(isLoaded)).toBe(true);
  await expectAccessibleInBoth(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('menuitem', { name: 'As CSV' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  const [, confidence] =
    /^File,Label,Confidence\nmixed\/mill\.webp,windmill,([01]\.\d{4})\n$/.exec(csv) ?? [];
  await copyIntoFolders(page, info.outputPath('sorted'));
  await page.getByRole('radio', { name: /Skipped 1/ }).click();
  await expect(page.getByRole('row').filter({ hasText: 'letter.jpg' })).toContainText(/not a photo/i);
  await expectAccessibleInBoth(page);

  await askAgain(page);

  await open(page, 'Export');
  const target = info.outputPath('exported');
  await nameFolder(page.getByRole('textbox', { name: 'Folder' }), target);
  await page.getByRole('button', { name: 'Export', exact: true }).last().click();
  await expect(page.getByText(/50 of 50 photos answered the same/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('tf.loadLayersModel')).toBeVisible();
  const answered = await askExported(join(target, 'tfjs'), info.outputPath('mixed/mill.webp'));
  expect(answered.label).toBe('windmill');
  // The photo is read another way here, so that the last digits differ.
  expect(Math.abs(answered.probability - Number(confidence))).toBeLessThan(0.05);
  await expectAccessibleInBoth(page);
});

test('this machine is told about', async ({ app: { page } }) => {
  await dropSample(page);
  await open(page, 'This machine');
  await expect(page.getByRole('row', { name: /EfficientNet-Lite0.*Apache-2.0.*here/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Fetch the weights of Inception v3' })).toBeVisible();
  await expect(page.getByRole('row', { name: /fish, monument/ })).toBeVisible();
  await expectAccessibleInBoth(page);
});

/** Drops what no answer can come to: why is said, where the answers would be. */
async function dropUnanswerable(page: Page, folder: string): Promise<void> {
  const [nothing, letters] = [join(folder, 'nothing'), join(folder, 'letters')];
  for (const each of [nothing, letters]) mkdirSync(each, { recursive: true });
  writeFileSync(join(letters, 'letter.jpg'), 'Dear reader,');
  await dropPaths(page.getByRole('main'), [nothing]);
  await expect(page.getByRole('alert')).toContainText('There are no photos in “nothing”');
  await dropPaths(page.getByRole('main'), [letters]);
  const row = page.getByRole('row').filter({ hasText: 'letter.jpg' });
  await expect(row).toContainText(/not a photo/i, { timeout: 60_000 });
}

/** Copies what is shown, one windmill, into a folder per label; a second time nothing is overwritten. */
async function copyIntoFolders(page: Page, into: string): Promise<void> {
  for (const copied of ['1 photo', '0 photos']) {
    await page.getByRole('button', { name: 'Copy into folders…' }).click();
    await nameFolder(page.getByRole('textbox', { name: 'Folder to make them in' }), into);
    if (copied === '1 photo') await expectAccessibleInBoth(page);
    await page.getByRole('button', { name: 'Copy 1 photo', exact: true }).click();
    await expect(page.getByRole('status')).toContainText(`${copied} copied into ${into}`);
  }
  await page.getByRole('button', { name: '1 not copied' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'mill.webp' })).toContainText('the same photo');
  expect(readdirSync(into, { recursive: true }).toSorted()).toEqual(['windmill', 'windmill/mill.webp']);
  // There is no file manager where tests run.
  await page.getByRole('button', { name: 'Show in folder' }).click();
  await expect(page.getByRole('button', { name: 'Copy path' })).toBeVisible();
  await page.getByRole('region', { name: 'Copied photos' }).getByRole('button', { name: 'Dismiss' }).click();
}

/** Writes a folder over the suggested one, which would stand before it if it came between choosing the field and writing. */
async function nameFolder(field: Locator, folder: string): Promise<void> {
  await expect(field).not.toHaveValue('');
  await field.fill(folder);
}

/** A reload loses the answers, not what was asked; an answered photo is looked at large. */
async function askAgain(page: Page): Promise<void> {
  await page.reload();
  await open(page, 'Predict');
  await page.getByRole('button', { name: 'Predict “mixed” again' }).click();
  await page.getByRole('button', { name: 'Look at mill.webp larger' }).click({ timeout: 60_000 });
  const dialog = page.getByRole('dialog', { name: 'mill.webp' });
  await expect.poll(() => dialog.locator('img').evaluate(isLoaded)).toBe(true);
  await expect(dialog).toContainText('windmill');
  await expectAccessibleInBoth(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

const open = (page: Page, screen: string) =>
  page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: new RegExp(`^${screen}`) })
    .click();

/** What plain TensorFlow.js makes of a photo with an exported model, by nothing but the files beside it. */
async function askExported(folder: string, photo: string): Promise<{ label: string; probability: number }> {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  const bytes = Uint8Array.from(readFileSync(join(folder, weightsManifest[0].paths[0])));
  const artifacts = { modelTopology, weightSpecs: weightsManifest[0].weights, weightData: bytes.buffer };
  await tf.setBackend('cpu');
  const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  const size = model.inputs[0]?.shape[1] ?? 0;
  const pixels = await sharp(photo).resize(size, size, { fit: 'cover' }).removeAlpha().raw().toBuffer();
  const [answer] = [model.predict(tf.tensor(pixels, [1, size, size, 3], 'float32').div(127).sub(1))].flat();
  const probabilities = [...((await answer?.data()) ?? [])];
  const probability = Math.max(...probabilities);
  const labels = readFileSync(join(folder, 'labels.txt'), 'utf8').trimEnd().split('\n');
  return { label: labels[probabilities.indexOf(probability)] ?? '', probability };
}

/** A folder with one photo and one file that is none. */
function mixedFolder(folder: string): string {
  mkdirSync(folder);
  const [photo = ''] = readdirSync(join(sample, 'windmill'));
  copyFileSync(join(sample, 'windmill', photo), join(folder, 'mill.webp'));
  writeFileSync(join(folder, 'letter.jpg'), 'Dear reader,');
  return folder;
}

const isLoaded = (image: SVGElement | HTMLElement) =>
  image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0;
