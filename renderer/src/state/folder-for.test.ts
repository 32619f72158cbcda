import { expect, test } from 'vitest';
import { suggest } from './folder-for.ts';

test('a folder is suggested where none is named', async () => {
  const into = { folder: '' };
  await suggest(into, () => Promise.resolve('/home/scenes'));
  expect(into.folder).toBe('/home/scenes');
  await suggest(into, () => Promise.reject(new Error('asked for nothing')));
  expect(into.folder).toBe('/home/scenes');
});

test('one that a person writes while it is looked for stays', async () => {
  const into = { folder: '' };
  const { promise, resolve } = Promise.withResolvers<string>();
  const suggesting = suggest(into, () => promise);
  into.folder = '/mine';
  resolve('/home/scenes');
  await suggesting;
  expect(into.folder).toBe('/mine');
});
