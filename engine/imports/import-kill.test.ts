import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openLibrary } from '../library/open-library.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { undo } from '../library/undo.ts';

const photos = 400;

/** Imports in a process of its own, which is killed once `enough` working copies are there. */
async function importAndKill(project: string, folder: string, enough: number): Promise<void> {
  const script = join(folder, '../import.mjs');
  const module = (file: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href);
  writeFileSync(
    script,
    `import { importPhotos } from ${module('index.ts')};
     import { openLibrary } from ${module('../library/index.ts')};
     const [, , project, folder] = process.argv;
     const input = { folders: [folder], nested: 'flatten', groupByFolder: false };
     await Array.fromAsync(importPhotos(openLibrary(project, { create: true }), input));`,
  );
  const child = spawn(process.execPath, [script, project, folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(child, 'exit');
  while (workingCopies(project) < enough && child.exitCode === null) await setTimeout(5);
  child.kill('SIGKILL');
  const [, signal] = await exit;
  expect(signal).toBe('SIGKILL');
}

function workingCopies(project: string): number {
  try {
    return readdirSync(join(project, 'thumbnails'), { recursive: true }).filter((name) =>
      String(name).endsWith('.jpg'),
    ).length;
  } catch {
    return 0;
  }
}

test('a kill in the middle of an import, again and again, loses nothing that was stored', async () => {
  const root = temporaryFolder();
  const [project, folder] = [join(root, 'p.scenelab'), join(root, 'photos')];
  for (let i = 0; i < photos; i += 1) writePhoto(join(folder, 'sea', `${i}.bmp`), i);

  let stored = 0;
  for (const enough of [60, 150, 250]) {
    await importAndKill(project, folder, enough);
    using library = openLibrary(project);
    const found = storedPhotos(library);
    expect(found.length).toBeGreaterThanOrEqual(stored);
    expect(found.filter(({ label }) => label !== 'sea')).toEqual([]);
    stored = found.length;
  }
  expect(stored).toBeGreaterThan(0);

  using library = openLibrary(project);
  expect(await takePhotos(library, [folder])).toMatchObject({
    imported: photos - stored,
    unchanged: stored,
    duplicates: 0,
    labels: { sea: photos },
  });
  expect(workingCopies(project)).toBe(photos);
  while (undo(library) !== null);
  expect(storedPhotos(library).filter(({ label }) => label === null)).toHaveLength(photos);
});
