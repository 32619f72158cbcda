import { join } from 'node:path';
import { answerPhoto } from '../main/photo-addresses.ts';
import { expect, test } from './app.ts';
import { openElectronPage, type ElectronPage } from './open-electron-page.ts';
import { countIn, dropSample, labelRow, labels, sample, total } from './sample-project.ts';

let electron: ElectronPage;
test.beforeEach(async ({ shell }, info) => {
  test.skip(shell === 'electron', 'There Electron itself is tested.');
  electron = await openElectronPage({
    folder: info.outputPath('app'),
    dropsFrom: sample,
    chooseFolders: (purpose) => (purpose === 'add' ? [join(sample, 'tool')] : []),
  });
});
test.afterEach(() => electron.stop());

test('dropped folders come in by their paths, photos by their ids, and menus are obeyed', async () => {
  const { page, tell, supervisor } = electron;
  await dropSample(page);
  const photo = page.getByRole('option').first();
  const address = await photo.locator('img').getAttribute('src');
  const answer = await answerPhoto(address ?? '', (asked) =>
    supervisor.ask((client) => client.photoFile(asked)),
  );
  expect(new Uint8Array(await answer.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));

  await photo.click();
  await page.keyboard.press('2');
  await expect(labelRow(page, 'monument')).toContainText(String(countIn('monument') + 1));
  await tell({ kind: 'undo' });
  await expect(labelRow(page, 'monument')).toContainText(String(countIn('monument')));

  await tell({ kind: 'new-project' });
  await expect(page.getByRole('heading', { name: 'Drop folders of photos here' })).toBeVisible();
  const [recent] = await supervisor.ask((client) => client.listProjects());
  await tell({ kind: 'open-project', project: recent?.project ?? '' });
  await expect(page.getByText(`${total} photos · ${labels.length} labels`)).toBeVisible();
});

test('when the engine was replaced, the page asks for a new channel and goes on', async () => {
  const { page, supervisor } = electron;
  await dropSample(page);
  await (await supervisor.running()).stop();
  await page.getByRole('option').nth(1).click();
  await page.keyboard.press('3');
  await expect(labelRow(page, 'tool')).toContainText(String(countIn('tool') + 1));
});

test('folders come from the system’s dialog, and from outside of the page', async () => {
  const { page, tell } = electron;
  await page.getByRole('heading', { name: 'Drop folders of photos here' }).waitFor();
  await tell({ kind: 'add-photos' });
  await expect(page.getByText(`${countIn('tool')} photos`).first()).toBeVisible({ timeout: 60_000 });
  await tell({ kind: 'open', paths: [join(sample, 'fish')] });
  const both = `${countIn('tool') + countIn('fish')} photos`;
  await expect(page.getByText(both).first()).toBeVisible({ timeout: 60_000 });
});
