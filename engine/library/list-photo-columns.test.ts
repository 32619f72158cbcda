import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ListPhotosInput } from '../../contract/index.ts';
import { excludePhotos } from './exclude-photos.ts';
import { labelPhotos } from './label-photos.ts';
import type { Library } from './library.ts';
import { listPhotoColumns } from './list-photo-columns.ts';
import { openLibrary } from './open-library.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from './photos-fixture.ts';

let library: Library;
let ids: string[];
beforeAll(async () => {
  const root = temporaryFolder();
  for (const [seed, name] of ['sea/b.bmp', 'sea/A.bmp', 'wood/100%_c.bmp', 'wood/d.bmp'].entries())
    writePhoto(join(root, name), seed);
  library = openLibrary(join(root, 'p.scenelab'), { create: true });
  await takePhotos(library, [join(root, 'sea'), join(root, 'wood')]);
  const byName = storedPhotos(library).map(({ id, path }) => [path.slice(-5, -4), id] as const);
  ids = byName.toSorted().map(([, id]) => id);
  excludePhotos(library, [idOf('d')]);
  labelPhotos(library, [{ photo: idOf('b'), label: null }]);
});
afterAll(() => library[Symbol.dispose]());

const idOf = (letter: 'A' | 'b' | 'c' | 'd') => ids['Abcd'.indexOf(letter)] ?? '';
const list = (input: object, answers?: Parameters<typeof listPhotoColumns>[2]) =>
  listPhotoColumns(library, ListPhotosInput.parse({ project: 'p', ...input }), answers);
const names = (input: object, answers?: Parameters<typeof listPhotoColumns>[2]) => list(input, answers).names;

test('the columns stand for the same photos', () => {
  const { ids, names, label, labels } = list({ sort: 'name' });
  expect(names).toEqual(['100%_c.bmp', 'A.bmp', 'b.bmp']);
  expect(ids).toBe(idOf('c') + idOf('A') + idOf('b'));
  expect(label.map((index) => labels[index] ?? null)).toEqual(['wood', 'sea', null]);
});

test('each filter finds its photos, and all must hold', () => {
  expect(names({ filter: { show: 'unlabelled' } })).toEqual(['b.bmp']);
  expect(names({ filter: { show: 'excluded' } })).toEqual(['d.bmp']);
  expect(names({ filter: { labels: ['sea', 'wood'] }, sort: 'name' })).toEqual(['100%_c.bmp', 'A.bmp']);
  expect(names({ filter: { labels: ['sea'], text: 'c.bmp' } })).toEqual([]);
});

test('text is found in folder and name, in any case, and % means itself', () => {
  expect(names({ filter: { text: 'SEA' }, sort: 'name' })).toEqual(['A.bmp', 'b.bmp']);
  expect(names({ filter: { text: '0%_' } })).toEqual(['100%_c.bmp']);
  expect(names({ filter: { text: 'a%' } })).toEqual([]);
});

test('an order can be turned round', () => {
  expect(names({ sort: 'name', descending: true })).toEqual(['b.bmp', 'A.bmp', '100%_c.bmp']);
});

test('a model disagrees where its answer is another label, most where it is surest', () => {
  const answers = new Map([
    [idOf('A'), { predicted: 'wood', probability: 0.6 }],
    [idOf('b'), { predicted: 'sea', probability: 0.9 }],
    [idOf('c'), { predicted: 'wood', probability: 0.8 }],
  ]);
  expect(names({ filter: { show: 'disagrees' }, sort: 'doubt' }, answers)).toEqual(['b.bmp', 'A.bmp']);
  expect(names({ sort: 'doubt' }, answers)).toEqual(['b.bmp', 'A.bmp', '100%_c.bmp']);
});
