import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLibrary } from '../library/index.ts';
import { takePhotos, temporaryFolder, writePhoto } from '../library/photos-fixture.ts';
import { planTraining, together, without } from './plan-training.ts';

/** A project with so many photos of each label. */
async function project(labels: Record<string, number>) {
  const root = temporaryFolder();
  let seed = 0;
  for (const [label, photos] of Object.entries(labels))
    for (let n = 0; n < photos; n += 1) writePhoto(join(root, 'photos', label, `${n}.bmp`), (seed += 1));
  const library = openLibrary(join(root, 'project.scenelab'), { create: true });
  await takePhotos(library, [join(root, 'photos')]);
  return library;
}

test('labels under five photos are left out and named, those under twenty come with a warning', async () => {
  using library = await project({ beach: 21, forest: 6, owl: 4 });
  const plan = planTraining(library);
  expect(plan.classNames).toEqual(['beach', 'forest']);
  expect(plan.leftOut).toEqual([{ label: 'owl', photos: 4 }]);
  expect(plan.notices.map(({ code, message }) => [code, message.split(/[“”]/)[1]])).toEqual([
    ['LABEL_LEFT_OUT', 'owl'],
    ['LABEL_SMALL', 'forest'],
  ]);
  const all = [plan.train, plan.validation, plan.test];
  expect(all.flatMap(({ photos }) => photos.map(({ label }) => label))).not.toContain('owl');
  expect(all.reduce((sum, { photos }) => sum + photos.length, 0)).toBe(27);
});

test('every class is in all three splits, and no photo in two', async () => {
  using library = await project({ beach: 8, forest: 7 });
  const { train, validation, test } = planTraining(library);
  for (const { labels } of [train, validation, test]) expect(new Set(labels)).toEqual(new Set([0, 1]));
  const ids = [train, validation, test].flatMap(({ photos }) => photos.map(({ id }) => id));
  expect(new Set(ids).size).toBe(15);
});

test('a single usable label is refused with what was met', async () => {
  using library = await project({ beach: 9, owl: 4 });
  expect(() => planTraining(library)).toThrow(
    expect.objectContaining({ code: 'TOO_FEW_LABELS', message: expect.stringContaining('owl (4)') }),
  );
});

test('a project without labels is refused', () => {
  using library = openLibrary(join(temporaryFolder(), 'p.scenelab'), { create: true });
  expect(() => planTraining(library)).toThrow(expect.objectContaining({ code: 'NO_PHOTOS' }));
});

test('sets come together in an order that the split does not decide, and photos can be taken out', async () => {
  using library = await project({ beach: 8, forest: 8 });
  const { train, validation } = planTraining(library);
  const union = together(train, validation);
  expect(union).toEqual(together(validation, train));
  const [first] = union.photos;
  const rest = without(union, new Set([first?.path ?? '']));
  expect(rest.photos).toEqual(union.photos.slice(1));
  expect(rest.labels).toEqual(union.labels.slice(1));
});
