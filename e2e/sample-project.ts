import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from './app.ts';
import { dropPaths } from './drop-paths.ts';

/** The sample photos that come with Scenelab. */
export const sample = join(import.meta.dirname, '../assets/sample');
export const labels = ['fish', 'monument', 'tool', 'windmill'];
export const countIn = (label: string): number => readdirSync(join(sample, label)).length;
export const total = labels.reduce((sum, label) => sum + countIn(label), 0);

/** Drops the sample's folders on the start screen and waits until all photos are in. */
export async function dropSample(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Drop folders of photos here' }).waitFor();
  await dropPaths(
    page.getByRole('main'),
    labels.map((label) => join(sample, label)),
  );
  await expect(page.getByText(`${total} photos · ${labels.length} labels`)).toBeVisible({ timeout: 60_000 });
}

/** A label in the sidebar, with its count. */
export function labelRow(page: Page, label: string): Locator {
  return page.getByRole('complementary', { name: 'Labels' }).getByRole('listitem').filter({ hasText: label });
}
