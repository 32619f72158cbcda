import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSidecar } from './write-sidecar.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenelab-xmp-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(label: string | null) {
  return writeSidecar({ path: join(folder, 'IMG_1.CR2'), label });
}

test('the label becomes a keyword, a nested one a hierarchy, and XML stays XML', async () => {
  const { to } = await write('animals/cats & dogs');
  expect(to).toBe(join(folder, 'IMG_1.xmp'));
  const xmp = readFileSync(to ?? '', 'utf8');
  expect(xmp).toContain('<dc:subject><rdf:Bag><rdf:li>cats &amp; dogs</rdf:li></rdf:Bag></dc:subject>');
  expect(xmp).toContain('<rdf:li>animals|cats &amp; dogs</rdf:li></rdf:Bag></lr:hierarchicalSubject>');
});

test('a sidecar that is there stays as it is', async () => {
  writeFileSync(join(folder, 'IMG_1.xmp'), 'mine');
  expect(await write('beach')).toMatchObject({ to: null, reason: expect.stringContaining('left as it is') });
  expect(readFileSync(join(folder, 'IMG_1.xmp'), 'utf8')).toBe('mine');
});

test('an unsure answer is not written', async () => {
  expect(await write(null)).toMatchObject({ to: null });
});
