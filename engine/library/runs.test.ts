import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openLibrary } from './open-library.ts';
import { temporaryFolder } from './photos-fixture.ts';
import { findUnfinishedRun, finishRun, listRuns, startRun } from './runs.ts';

test('an unfinished run of the same settings is found again, by another process too', () => {
  const folder = temporaryFolder();
  const settings = { epochs: 3 };
  const about = { settings, settingsHash: 'a', dataHash: 'photos' };
  const [first, second] = (() => {
    using library = openLibrary(folder, { create: true });
    const runs = [startRun(library, about), startRun(library, about)] as const;
    startRun(library, { ...about, settingsHash: 'b' });
    return runs;
  })();

  using library = openLibrary(folder);
  expect(existsSync(library.runFolder(first.id))).toBe(true);
  expect(findUnfinishedRun(library, 'a')).toEqual(second);
  finishRun(library, second.id, 'finished');
  expect(findUnfinishedRun(library, 'a')).toEqual(first);
  finishRun(library, first.id, 'failed');
  expect(findUnfinishedRun(library, 'a')).toBeNull();
  expect(listRuns(library).map(({ state }) => state)).toEqual(['running', 'finished', 'failed']);
  expect(JSON.parse(first.settings)).toEqual(settings);
});
