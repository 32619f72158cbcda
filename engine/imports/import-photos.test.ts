import {
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportInput, ImportResult, Notice, Progress } from '../../contract/index.ts';
import { labelPhotos } from '../library/label-photos.ts';
import { countLabels } from '../library/labels.ts';
import type { Library } from '../library/library.ts';
import { listSkipped } from '../library/list-skipped.ts';
import { listTrainingPhotos } from '../library/list-training-photos.ts';
import { openLibrary } from '../library/open-library.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { readPhotoDetails } from '../library/read-photo-details.ts';
import { renameLabel } from '../library/rename-label.ts';
import { summarizeLibrary } from '../library/summarize-library.ts';
import { redo, undo, undoable } from '../library/undo.ts';
import { importPhotos } from './import-photos.ts';

let root: string;
let library: Library;
beforeEach(() => {
  root = temporaryFolder();
  library = openLibrary(join(root, 'p.scenelab'), { create: true });
});
afterEach(() => {
  library[Symbol.dispose]();
  rmSync(root, { recursive: true });
});

const events: (Progress | Notice)[] = [];
function take(folders: string[], more: Partial<ImportInput> = {}): Promise<ImportResult> {
  events.length = 0;
  const paths = folders.map((folder) => join(root, folder));
  return takePhotos(library, paths, more, (event) => events.push(event));
}

/** The photo of a library that has one. */
function only() {
  const [photo, other] = storedPhotos(library);
  if (!photo || other) throw new Error('the library has not one photo');
  return photo;
}

function storedCount(): number {
  return summarizeLibrary(library).photos;
}

/** Labels by path below the test's folder. */
function labels(): Record<string, string | null> {
  return Object.fromEntries(
    storedPhotos(library).map(({ path, label }) => [path.slice(root.length + 1), label]),
  );
}

function put(...paths: string[]): void {
  for (const path of paths) writePhoto(join(root, path), Number(/\d+/.exec(path)?.[0]));
}

test('takes photos with their labels, lists what it does not take, says how far it is', async () => {
  put('all/sea/1.bmp', 'all/sea/2.bmp', 'all/wood/3.bmp');
  writeFileSync(join(root, 'all/sea/notes.pdf'), '%PDF-1.4');
  writeFileSync(join(root, 'all/sea/film.mov'), '');
  writeFileSync(join(root, 'all/sea/empty.jpg'), '');
  const result = await take(['all']);
  expect(result).toMatchObject({
    imported: 3,
    duplicates: 0,
    unchanged: 0,
    labels: { sea: 2, wood: 1 },
    suggestedLabel: null,
  });
  const codes = { 'film.mov': 'UNSUPPORTED_FORMAT', 'empty.jpg': 'EMPTY_FILE', 'notes.pdf': 'NOT_A_PHOTO' };
  const listed = result.skipped.map(({ path, code }) => [path.split('/').at(-1), code]);
  expect(Object.fromEntries(listed)).toEqual(codes);
  expect(listSkipped(library).map(({ path }) => path)).toEqual(result.skipped.map((s) => s.path).sort());
  const found = events.findLast((event) => event.kind === 'progress' && event.stage === 'scan');
  expect(found).toMatchObject({ done: 5, total: null });
  expect(events.at(-1)).toMatchObject({ kind: 'progress', stage: 'import', done: 5, total: 5 });
});

test('knows of a photo what its file says, and keeps a working copy', async () => {
  put('all/1.bmp');
  await take(['all']);
  const { id } = only();
  expect(readPhotoDetails(library, id)).toMatchObject({
    path: join(root, 'all/1.bmp'),
    width: 72,
    height: 64,
    bytes: 13_878,
    found: true,
  });
  expect(readFileSync(library.workingCopyPath(id)).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
});

test('one flat folder has its name offered, and becomes labelled when it comes among others', async () => {
  put('all/sea/1.bmp');
  expect(await take(['all/sea'])).toMatchObject({ suggestedLabel: 'sea', labels: {} });
  expect(await take(['all'])).toMatchObject({ unchanged: 1, labels: { sea: 1 } });
});

describe('a second import', () => {
  test('does not read files that have not changed', async () => {
    put('all/sea/1.bmp', 'all/sea/2.bmp');
    await take(['all']);
    // Same size and time, other bytes: only reading it would tell.
    const path = join(root, 'all/sea/1.bmp');
    utimesSync(path, 1e9, 1e9);
    await take(['all']);
    writePhoto(path, 9);
    utimesSync(path, 1e9, 1e9);
    expect(await take(['all'])).toMatchObject({ imported: 0, unchanged: 2 });
    put('all/sea/3.bmp');
    expect(await take(['all'])).toMatchObject({ imported: 1, unchanged: 2, labels: { sea: 3 } });
  });

  test('finds a file that was moved or renamed, and its label follows the folder', async () => {
    put('all/sea/1.bmp', 'all/sea/2.bmp');
    await take(['all']);
    cpSync(join(root, 'all/sea/1.bmp'), join(root, 'all/wood/new name.bmp'), { preserveTimestamps: true });
    rmSync(join(root, 'all/sea/1.bmp'));
    expect(await take(['all'])).toMatchObject({ imported: 0, duplicates: 0, unchanged: 2 });
    expect(labels()).toEqual({ 'all/sea/2.bmp': 'sea', 'all/wood/new name.bmp': 'wood' });
  });

  test('keeps what a person labelled, also when the file is moved', async () => {
    put('all/sea/1.bmp');
    await take(['all']);
    labelPhotos(library, [{ photo: only().id, label: 'storm' }]);
    renameSync(join(root, 'all/sea'), join(root, 'all/lake'));
    await take(['all']);
    expect(labels()).toEqual({ 'all/lake/1.bmp': 'storm' });
  });

  test('keeps the label of a photo that was edited in place', async () => {
    put('all/sea/1.bmp');
    await take(['all']);
    labelPhotos(library, [{ photo: only().id, label: 'storm' }]);
    writePhoto(join(root, 'all/sea/1.bmp'), 1, 5);
    expect(await take(['all'])).toMatchObject({ imported: 1, labels: { sea: 0, storm: 1 } });
  });

  test('neither counts nor trains a vanished photo, but knows it when it comes back', async () => {
    put('all/sea/1.bmp', 'all/sea/2.bmp');
    await take(['all']);
    labelPhotos(library, [{ photo: storedPhotos(library)[0]?.id ?? '', label: 'storm' }]);
    library.run(`UPDATE photos SET split = 'train'`);
    rmSync(join(root, 'all/sea/1.bmp'));
    expect(await take(['all'])).toMatchObject({ labels: { sea: 1, storm: 0 } });
    expect(listTrainingPhotos(library).map(({ path }) => path)).toEqual([join(root, 'all/sea/2.bmp')]);
    put('elsewhere/1.bmp');
    expect(await take(['elsewhere'])).toMatchObject({ imported: 0, labels: { sea: 1, storm: 1 } });
    expect(listTrainingPhotos(library)).toHaveLength(2);
  });

  test('does not take photos for vanished because their folder cannot be looked into', async () => {
    put('all/sea/1.bmp', 'all/wood/2.bmp');
    await take(['all']);
    rmSync(join(root, 'all/sea'), { recursive: true });
    symlinkSync('sea', join(root, 'all/sea'));
    expect(await take(['all'])).toMatchObject({
      skipped: [{ code: 'LINK_LOOP' }],
      labels: { sea: 1, wood: 1 },
    });
  });

  test('makes working copies again that were thrown away', async () => {
    put('all/sea/1.bmp');
    await take(['all']);
    rmSync(join(library.folder, 'thumbnails'), { recursive: true });
    library[Symbol.dispose]();
    library = openLibrary(library.folder);
    expect(await take(['all'])).toMatchObject({ imported: 0, unchanged: 1 });
    expect(existsSync(library.workingCopyPath(only().id))).toBe(true);
  });

  test('forgets that it skipped a file which is good now', async () => {
    put('all/sea/1.bmp');
    writeFileSync(join(root, 'all/sea/2.bmp'), 'BM');
    expect((await take(['all'])).skipped).toHaveLength(1);
    put('all/sea/2.bmp');
    expect((await take(['all'])).skipped).toEqual([]);
    expect(listSkipped(library)).toEqual([]);
  });
});

test('the same bytes are one photo; the first label stays and the conflict is told', async () => {
  put('all/sea/1.bmp');
  cpSync(join(root, 'all/sea/1.bmp'), join(root, 'all/sea/copy.bmp'));
  cpSync(join(root, 'all/sea/1.bmp'), join(root, 'all/wood/copy.bmp'));
  expect(await take(['all'])).toMatchObject({ imported: 1, duplicates: 2, labels: { sea: 1 } });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'notice', code: 'LABEL_CONFLICT' }));
  expect(await take(['all'])).toMatchObject({ imported: 0, unchanged: 3, labels: { sea: 1 } });
});

test('labels of all folders are one step: undo takes them back, redo gives them again', async () => {
  for (let i = 0; i < 300; i += 1) put(`all/${i % 2 ? 'sea' : 'wood'}/${i}.bmp`);
  await take(['all']);
  expect(undo(library)?.title).toBe('Labels from folders');
  expect([countLabels(library), storedCount()]).toEqual([{}, 300]);
  expect(undoable(library)).toEqual({ undo: null, redo: 'Labels from folders' });
  expect(await take(['all'])).toMatchObject({ unchanged: 300, labels: {} });
  redo(library);
  expect(countLabels(library)).toEqual({ sea: 150, wood: 150 });
});

test('a CSV labels the photos instead of their folders', async () => {
  put('all/sea/1.bmp', 'all/sea/2.bmp');
  writeFileSync(join(root, 'labels.csv'), 'path,label\nall/sea/1.bmp,calm\nall/sea/7.bmp,wild\n');
  const result = await take(['all'], { labelsFrom: join(root, 'labels.csv') });
  expect(result).toMatchObject({ imported: 2, labels: { calm: 1 } });
  expect(events).toContainEqual({
    kind: 'notice',
    code: 'UNKNOWN_PATHS',
    message: expect.stringContaining(join(root, 'all/sea/7.bmp')),
  });
});

describe('stopping', () => {
  const input = { nested: 'flatten', groupByFolder: false } as const;

  test('cancelling keeps what is in, and the next import goes on', async () => {
    for (let i = 0; i < 200; i += 1) put(`all/sea/${i}.bmp`);
    const stop = new AbortController();
    const run = importPhotos(library, { ...input, folders: [join(root, 'all')] }, stop.signal);
    const cancelled = (async () => {
      for await (const event of run)
        if (event.kind === 'progress' && event.stage === 'import' && event.done > 20) stop.abort();
    })();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    const kept = storedCount();
    expect(kept).toBeGreaterThan(20);
    expect(await take(['all'])).toMatchObject({ imported: 200 - kept, unchanged: kept });
  });

  test('a reader who goes away loses nothing either', async () => {
    for (let i = 0; i < 100; i += 1) put(`all/sea/${i}.bmp`);
    for await (const event of importPhotos(library, { ...input, folders: [join(root, 'all')] }))
      if (event.kind === 'progress' && event.stage === 'import' && event.done > 10) break;
    expect(storedCount()).toBeGreaterThan(10);
  });
});

test('no photos at all is said with what was seen', async () => {
  writeFileSync(join(root, 'film.mov'), '');
  await expect(take(['film.mov'])).rejects.toMatchObject({
    code: 'NO_PHOTOS',
    message: expect.stringContaining('film.mov: This is a video'),
  });
  for (const name of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(join(root, name), '');
  await expect(take(['a.txt', 'b.txt', 'c.txt'])).rejects.toThrow(
    /^There are no photos in there\. a\.txt: .*\. b\.txt: .*\. 1 more can't be used either; expected JPEG/,
  );
  await expect(take(['gone'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a folder whose label was renamed keeps meaning that label', async () => {
  writePhoto(join(root, 'in/beach/1.bmp'), 1);
  writePhoto(join(root, 'in/wood/2.bmp'), 2);
  await take(['in']);
  renameLabel(library, 'beach', 'shore');
  writePhoto(join(root, 'in/beach/3.bmp'), 3);
  cpSync(join(root, 'in/beach/1.bmp'), join(root, 'again/beach/1.bmp'));
  await take(['in']);
  await take(['again']);
  expect(countLabels(library)).toEqual({ shore: 2, wood: 1 });
  expect(events).not.toContainEqual(expect.objectContaining({ code: 'LABEL_CONFLICT' }));

  renameSync(join(root, 'in/beach/3.bmp'), join(root, 'in/wood/3.bmp'));
  await take(['in']);
  expect(labels()['in/wood/3.bmp']).toBe('wood');
});

test('a folder that is taken away in the middle is said to be; its files are not called skipped and come later', async () => {
  for (let seed = 0; seed < 60; seed += 1) writePhoto(join(root, `in/${seed}.bmp`), seed);
  const run = importPhotos(library, { folders: [join(root, 'in')], nested: 'flatten', groupByFolder: false });
  const goOn = async () => {
    for (;;) {
      const next = await run.next();
      if (next.done) return;
      if (next.value.kind === 'progress' && next.value.stage === 'import' && existsSync(join(root, 'in')))
        renameSync(join(root, 'in'), join(root, 'away'));
    }
  };
  await expect(goOn()).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('taken away'),
  });
  expect(listSkipped(library)).toEqual([]);
  renameSync(join(root, 'away'), join(root, 'in'));
  await take(['in']);
  expect(storedCount()).toBe(60);
});
