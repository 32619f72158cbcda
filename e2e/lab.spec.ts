import { expect, test } from './app.ts';
import { expectAccessible, expectAccessibleInBoth } from './expect-accessible.ts';

test('the Lab adds up layers as they are written, says where one is wrong, and what a remedy saves', async ({
  app: { page },
}) => {
  test.slow();
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  const totals = page.getByRole('region', { name: 'In all' });
  await expect(totals).toContainText('903,400', { timeout: 60_000 });
  await expect(totals).toContainText('12.6 MB');
  await expect(totals).toContainText('576 MB');
  await expect(page.getByRole('heading', { name: 'Where the usual answer goes wrong' })).toBeVisible();
  await expectAccessibleInBoth(page);

  await page.getByRole('switch', { name: /^Half the batch/ }).check();
  await expect(totals).toContainText('295 MB');

  const layers = page.getByRole('textbox', { name: 'Layers, separated by commas' });
  await layers.fill('conv 100 3x3/2 same, pool maxi 2x2');
  await expect(page.getByRole('alert')).toContainText('"maxi" at character 27');
  await expectAccessible(page);
  await layers.fill('pool max 2x2, dense 10');
  await expect(page.getByRole('row', { name: /dense1-flatten/ })).toContainText('45,000');
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Network' }).selectOption('Inception v3');
  await expect(totals).toContainText('23,851,784', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Scenelab' }).click();
  await expect(page.getByRole('heading', { name: 'Drop folders of photos here' })).toBeVisible();
});

test('the views of the Lab are reached with the keyboard, and the one that was shown comes back', async ({
  app: { page },
}) => {
  test.slow();
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  const tab = (name: string) => page.getByRole('tab', { name, selected: true });
  await tab('Layers').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Look inside')).toBeFocused();
  await expect(page.getByRole('heading', { name: 'What it is taken for' })).toBeVisible();
  await page.getByRole('button', { name: 'Scenelab' }).click();
  await page.getByRole('button', { name: 'Lab', exact: true }).click();
  await expect(tab('Look inside')).toBeVisible();
});
