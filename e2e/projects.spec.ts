import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { dropPaths } from './drop-paths.ts';
import { expectAccessible } from './expect-accessible.ts';
import { dropSample } from './sample-project.ts';

const projectsIn = (data: string) => readdirSync(join(data, 'projects'));

test('what holds no photo is said beside where it was dropped, and leaves no project', async ({
  app: { page },
}, info) => {
  const folder = info.outputPath('letters');
  mkdirSync(folder);
  writeFileSync(join(folder, 'letter.jpg'), 'Dear reader,');
  await startScreen(page);
  await dropPaths(page.getByRole('main'), [folder]);
  await expect(page.getByRole('alert')).toContainText('letter.jpg: This is not a photo', { timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Drop folders of photos here' })).toBeVisible();
  expect(projectsIn(info.outputPath('app/data'))).toEqual([]);
  await expectAccessible(page);
});

test('a project is renamed, taken off the list, and deleted', async ({ app: { page } }, info) => {
  const data = info.outputPath('app/data');
  await dropSample(page);
  await closeProject(page);
  await expect(page.getByText('fish, monument, tool, windmill')).toBeVisible();
  await page.getByRole('button', { name: /^More for fish/ }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('textbox', { name: 'Name of the project' }).fill('Norway');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByRole('button', { name: 'More for Norway' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByText('Norway')).toHaveCount(0);
  expect(projectsIn(data)).toEqual([]);
});

test('a project whose folder goes while it is open is closed, says so and what to do', async ({
  app: { page },
}, info) => {
  await startScreen(page);
  await page.getByRole('button', { name: 'New empty project' }).click();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  rmSync(info.outputPath('app/data/projects/New project.scenelab'), { recursive: true });
  await expect(page.getByRole('alert')).toContainText('is gone');
  await expect(page.getByRole('main').getByText(/is gone\. Connect its disk/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'More for New project' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
  await expect(page.getByRole('heading', { name: 'Recent projects' })).toHaveCount(0);
});

test('a second window on the project sees what the first one does, and hears when it is deleted', async ({
  app: { page },
}, info) => {
  test.skip(info.project.name === 'electron', 'There a second window is opened by the app itself.');
  await dropSample(page);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await expect(second.getByRole('option').first()).toHaveAccessibleName(/fish/);
  await page.getByRole('option').first().click();
  await page.keyboard.press('2');
  await expect(second.getByRole('option').first()).toHaveAccessibleName(/monument/);

  await closeProject(second);
  await second.getByRole('button', { name: /^More for fish/ }).click();
  await second.getByRole('menuitem', { name: 'Delete…' }).click();
  await second.getByRole('button', { name: 'Delete project' }).click();
  await expect(page.getByRole('alert')).toContainText('is gone');
  await expect(page.getByRole('heading', { name: 'Drop folders of photos here' })).toBeVisible();
  expect(existsSync(info.outputPath('app/data/projects'))).toBe(true);
});

const startScreen = (page: Page) =>
  page.getByRole('heading', { name: 'Drop folders of photos here' }).waitFor();

async function closeProject(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await page.getByRole('banner').getByRole('button').first().click();
  await page.getByRole('menuitem', { name: 'All projects' }).click();
}
