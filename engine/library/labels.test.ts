import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { PhotoFilter } from '../../contract/index.ts';
import { createLabel } from './create-label.ts';
import { deleteLabel } from './delete-label.ts';
import { excludePhotos } from './exclude-photos.ts';
import { labelPhotos } from './label-photos.ts';
import { countLabels, listLabels } from './labels.ts';
import type { Library } from './library.ts';
import { listPhotoColumns } from './list-photo-columns.ts';
import { mergeLabels } from './merge-labels.ts';
import { openLibrary } from './open-library.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from './photos-fixture.ts';
import { renameLabel } from './rename-label.ts';
import { redo, undo, undoable } from './undo.ts';

let library: Library;
let photos: string[];
beforeEach(async () => {
  const root = temporaryFolder();
  for (let i = 0; i < 6; i += 1) writePhoto(join(root, 'photos', `${i}.bmp`), i);
  library = openLibrary(join(root, 'p'), { create: true });
  await takePhotos(library, [join(root, 'photos')]);
  photos = storedPhotos(library).map(({ id }) => id);
});
afterEach(() => library[Symbol.dispose]());

function label(name: string | null, ...indices: number[]): number {
  return labelPhotos(
    library,
    indices.map((i) => ({ photo: photos[i] ?? '', label: name })),
  );
}

test('labels are made when they are first given, each with a colour of its own', () => {
  expect(label('sea', 0, 1, 2)).toBe(3);
  label(' wood ', 3);
  expect(listLabels(library)).toMatchObject([
    { name: 'sea', colour: 0, photos: 3 },
    { name: 'wood', colour: 1, photos: 1 },
  ]);
});

test('each step is taken back and done again by itself, in its order', () => {
  label('sea', 0, 1);
  label('wood', 1, 2);
  label(null, 0);
  renameLabel(library, 'wood', 'forest');
  mergeLabels(library, 'sea', 'forest');
  label('sea', 3);
  deleteLabel(library, 'forest');
  excludePhotos(library, [photos[3] ?? '']);
  const states = [countLabels(library)];
  const titles: string[] = [];
  for (let step = undo(library); step !== null; step = undo(library)) {
    titles.push(step.title);
    states.push(countLabels(library));
  }
  expect(titles).toEqual([
    'Exclude a photo',
    'Delete forest',
    'Label a photo',
    'Merge sea into forest',
    'Rename wood to forest',
    'Label a photo',
    'Label 2 photos',
    'Label 2 photos',
  ]);
  expect(states).toEqual([
    { sea: 0 },
    { sea: 1 },
    { forest: 2, sea: 1 },
    { forest: 2 },
    { sea: 0, forest: 2 },
    { sea: 0, wood: 2 },
    { sea: 1, wood: 2 },
    { sea: 2 },
    {},
  ]);
  const again = [countLabels(library)];
  while (redo(library) !== null) again.push(countLabels(library));
  expect(again.toReversed()).toEqual(states);
});

test('what is taken back tells which photos are called what now, unless more than their labels changed', () => {
  label('sea', 0, 1);
  label('wood', 1, 2);
  expect(undo(library)?.labelled).toEqual([
    { photo: photos[1], label: 'sea' },
    { photo: photos[2], label: null },
  ]);
  expect(redo(library)?.labelled).toEqual([
    { photo: photos[1], label: 'wood' },
    { photo: photos[2], label: 'wood' },
  ]);
  deleteLabel(library, 'wood');
  expect(undo(library)?.labelled).toContainEqual({ photo: photos[2], label: 'wood' });
  renameLabel(library, 'wood', 'forest');
  expect(undo(library)?.labelled).toBeNull();
  excludePhotos(library, [photos[0] ?? '']);
  expect(undo(library)?.labelled).toBeNull();
});

test('what was undone cannot be done again once something else is', () => {
  label('sea', 0);
  undo(library);
  label('wood', 1);
  expect(undoable(library)).toEqual({ undo: 'Label a photo', redo: null });
});

test('a step that changes nothing is none', () => {
  label('sea', 0);
  undo(library);
  expect(label(null, 0, 1)).toBe(0);
  expect(undoable(library)).toEqual({ undo: null, redo: 'Label a photo' });
});

test('a step with an unknown photo is not done at all', () => {
  const changes = [
    { photo: photos[0] ?? '', label: 'sea' },
    { photo: '0'.repeat(64), label: 'sea' },
  ];
  expect(() => labelPhotos(library, changes)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  expect(countLabels(library)).toEqual({});
});

test('a label cannot take the name of another one, nor can one that is not there be changed', () => {
  label('sea', 0);
  label('wood', 1);
  const coded = (code: string) => expect.objectContaining({ code });
  expect(() => createLabel(library, ' sea ')).toThrow(coded('USAGE'));
  expect(() => createLabel(library, ' ')).toThrow(coded('USAGE'));
  expect(() => renameLabel(library, 'sea', 'wood')).toThrow(coded('USAGE'));
  expect(() => renameLabel(library, 'sea', ' ')).toThrow(coded('USAGE'));
  expect(() => mergeLabels(library, 'sea', 'sea')).toThrow(coded('USAGE'));
  expect(() => deleteLabel(library, 'lake')).toThrow(coded('NOT_FOUND'));
});

test('photos are listed by label, split and part of the path', () => {
  label('sea', 0, 1, 2);
  label('wood', 3);
  excludePhotos(library, [photos[5] ?? '']);
  library.run(`UPDATE photos SET split = 'test' WHERE id = ?`, photos[1] ?? '');
  const found = (filter: z.input<typeof PhotoFilter>, more: { sort?: 'name'; descending?: boolean } = {}) => {
    const query = { filter: PhotoFilter.parse(filter), sort: 'added', descending: false, ...more } as const;
    return listPhotoColumns(library, query).names.map((name) => Number(name[0]));
  };
  expect(found({ labels: ['sea', 'wood'] })).toEqual([0, 1, 2, 3]);
  expect(found({ labels: ['sea'], split: 'test' })).toEqual([1]);
  expect(found({ show: 'unlabelled' })).toEqual([4]);
  expect(found({ show: 'excluded' })).toEqual([5]);
  expect(found({ text: '3.BMP' })).toEqual([3]);
  expect(found({ text: '%' })).toEqual([]);
  expect(found({}, { sort: 'name', descending: true })).toEqual([4, 3, 2, 1, 0]);
});
