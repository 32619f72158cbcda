import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../library/photos-fixture.ts';
import { replaceFolder } from './replace-folder.ts';

function folderWith(text: string): { beside: string; folder: string; told: () => string } {
  const beside = temporaryFolder();
  const folder = join(beside, 'model');
  mkdirSync(folder);
  writeFileSync(join(folder, 'card.md'), text);
  return { beside, folder, told: () => readFileSync(join(folder, 'card.md'), 'utf8') };
}

test('the new content is in the place of the old, and nothing is left beside it', async () => {
  const { beside, folder, told } = folderWith('old');
  await replaceFolder(folder, async (fresh) => writeFileSync(join(fresh, 'card.md'), 'new'));
  expect([told(), readdirSync(beside)]).toEqual(['new', ['model']]);
});

test('where writing fails the old content stays', async () => {
  const { beside, folder, told } = folderWith('old');
  const filling = replaceFolder(folder, async (fresh) => {
    writeFileSync(join(fresh, 'card.md'), 'half');
    throw new Error('no more');
  });
  await expect(filling).rejects.toThrow('no more');
  expect([told(), readdirSync(beside)]).toEqual(['old', ['model']]);
});
