import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WrittenPictures } from '../contract/index.ts';
import { appFolder } from '../engine/app-folder.ts';
import { Place } from './cli-fixture.ts';

const place = new Place();
afterAll(() => place[Symbol.dispose]());
const photo = join(appFolder, 'assets/sample/fish/fish1.webp');

test('lab filters: a picture a filter, named in the result', async () => {
  const { code, last } = await place.json(['lab', 'filters', 'efficientnet-lite0', '--out', 'filters']);
  expect(code).toBe(0);
  const { files } = WrittenPictures.parse(last);
  expect(files).toHaveLength(32);
  expect(files.every((file) => existsSync(file))).toBe(true);
});

test('lab maps: a picture a map, the strongest first; people are told where they are', async () => {
  const args = ['lab', 'maps', 'efficientnet-lite0', photo, '--layer', 'block0', '--out', 'maps'];
  const { code, stdout } = await place.run(args);
  expect([code, stdout]).toEqual([0, `16 maps of block0 written to ${place.path('maps')}.\n`]);
  expect(readdirSync(place.path('maps')).toSorted()[0]).toMatch(/^block0-01-channel\d+\.png$/);
});

test('lab maps: a layer that there is not is refused, and so is a photo that is not there', async () => {
  const maps = ['lab', 'maps', 'efficientnet-lite0'];
  const layer = await place.json([...maps, photo, '--layer', 'block99', '--out', 'none']);
  expect([layer.code, layer.last['code']]).toEqual([1, 'MODEL_INVALID']);
  const gone = await place.json([...maps, 'gone.jpg', '--layer', 'stem', '--out', 'none']);
  expect([gone.code, gone.last['code']]).toEqual([1, 'NOT_READABLE']);
  expect(existsSync(place.path('none'))).toBe(false);
});
