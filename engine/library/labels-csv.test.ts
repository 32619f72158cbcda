import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labelPhotos } from './label-photos.ts';
import { countLabels } from './labels.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { parseLabelsCsv } from './parse-labels-csv.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from './photos-fixture.ts';
import { readLabelsCsv } from './read-labels-csv.ts';
import { undo } from './undo.ts';
import { writeLabelsCsv } from './write-labels-csv.ts';

let root: string;
let library: Library;
beforeEach(async () => {
  root = temporaryFolder();
  for (const [i, name] of ['a', 'b, "quoted"', 'Ärger'].entries())
    writePhoto(join(root, 'photos', `${name}.bmp`), i);
  library = openLibrary(join(root, 'p'), { create: true });
  await takePhotos(library, [join(root, 'photos')]);
});
afterEach(() => library[Symbol.dispose]());

async function parsed(text: string): Promise<Record<string, string | null>> {
  writeFileSync(join(root, 'labels.csv'), text);
  const rows = await parseLabelsCsv(join(root, 'labels.csv'));
  return Object.fromEntries(
    [...rows.values()].map(({ path, label }) => [path.slice(root.length + 1), label]),
  );
}

test.each([
  ['plain', 'a.jpg,sea\nb.jpg,wood\n'],
  ['with headings', 'path,label\na.jpg,sea\nb.jpg,wood\n'],
  ['with other headings in another order', 'Label,Confidence,File\nsea,0.9,a.jpg\nwood,0.8,b.jpg\n'],
  ['from a spreadsheet', '\uFEFFpath;label\r\n"a.jpg";"sea"\r\nb.jpg;wood\r\n\r\n'],
  ['with tabs and spaces', 'a.jpg\t sea \nb.jpg\twood'],
])('reads a CSV %s', async (_, text) => {
  expect(await parsed(text)).toEqual({ 'a.jpg': 'sea', 'b.jpg': 'wood' });
});

test('reads quotes, commas and line ends within a cell, and an empty label', async () => {
  expect(await parsed('"a, b.jpg","say ""sea"""\nc.jpg,\n')).toEqual({
    'a, b.jpg': 'say "sea"',
    'c.jpg': null,
  });
});

test('says that it cannot be read, or has no two columns', async () => {
  await expect(parseLabelsCsv(join(root, 'gone.csv'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(parsed('a.jpg\nb.jpg\n')).rejects.toMatchObject({ code: 'USAGE' });
});

test('labels photos in one step, and lists the paths that are no photos of the library', async () => {
  const csv = join(root, 'labels.csv');
  writeFileSync(
    csv,
    `photos/a.bmp,sea\n${join(root, 'photos/Ärger.bmp').normalize('NFD')},wood\nx.bmp,sea\n`,
  );
  const read = { labelled: 2, unknown: [join(root, 'x.bmp')], labels: { sea: 1, wood: 1 } };
  expect(await readLabelsCsv(library, csv)).toEqual({ ...read, changed: 2 });
  expect(await readLabelsCsv(library, csv)).toEqual({ ...read, changed: 0 });
  expect(undo(library)?.title).toBe('Labels from a CSV');
  expect(countLabels(library)).toEqual({});
});

test('what it writes it reads back', async () => {
  const [first, second] = storedPhotos(library);
  labelPhotos(library, [
    { photo: first?.id ?? '', label: 'sea, "calm"' },
    { photo: second?.id ?? '', label: 'wood' },
  ]);
  const csv = join(root, 'out.csv');
  expect(await writeLabelsCsv(library, csv)).toBe(3);
  expect(readFileSync(csv, 'utf8')).toContain('photos/a.bmp,"sea, ""calm"""\n');
  const before = countLabels(library);
  while (undo(library) !== null);
  await readLabelsCsv(library, csv);
  expect(countLabels(library)).toEqual(before);
});

test('says that the CSV cannot be written', async () => {
  await expect(writeLabelsCsv(library, join(root, 'gone/out.csv'))).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
  });
});
