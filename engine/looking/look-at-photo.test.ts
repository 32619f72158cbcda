import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeatureMaps } from '../../contract/index.ts';
import { appFolder } from '../app-folder.ts';
import { loadBackboneLayers } from '../backbones/load-backbone.ts';
import { colourModel, exampleDetails } from '../models/fixture.ts';
import { framePhoto, readWorkingCopy } from '../photos/index.ts';
import { predictPhotos } from '../prediction/index.ts';
import { startCompute } from '../start-compute.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { lookAtPhoto } from './look-at-photo.ts';
import { lookInside } from './look-inside.ts';
import { writeFilters } from './write-filters.ts';
import { writeMaps } from './write-maps.ts';

const network = 'efficientnet-lite0';
const path = join(appFolder, 'assets/sample/windmill/windmill9.webp');
const root = mkdtempSync(join(tmpdir(), 'scenelab-looking-'));
const compute = startCompute();
beforeAll(() => startRuntime());
afterAll(async () => {
  await compute.close();
  rmSync(root, { recursive: true });
});

/** The map of a channel as numbers. */
function mapOf({ maps, values, height, width }: FeatureMaps, place: number): number[] {
  const { low = 0, high = 0 } = maps[place] ?? {};
  const bytes = Buffer.from(values, 'base64').subarray(place * height * width, (place + 1) * height * width);
  return [...bytes].map((byte) => low + (byte / 255) * (high - low));
}

/** What Keras layers give at a layer for the photo, one array per channel. */
async function channelsAt(model: tf.LayersModel, layer: string): Promise<number[][]> {
  const upTo = tf.model({ inputs: model.inputs, outputs: model.getLayer(layer).output });
  const pixels = await framePhoto((await readWorkingCopy(path)).image, 224, 'crop');
  return tf.tidy(() => {
    const x = tf.tensor(pixels, [1, 224, 224, 3], 'float32').sub(127).div(128);
    const [given] = [upTo.predict(x)].flat();
    const channels = given?.shape[3] ?? 0;
    const values = given?.dataSync() ?? [];
    return Array.from({ length: channels }, (_, c) =>
      Array.from({ length: values.length / channels }, (_, i) => values[i * channels + c] ?? NaN),
    );
  });
}

test('maps are what the layers model gives at that layer, the strongest first', async () => {
  const model = await loadBackboneLayers(network);
  for (const layer of ['stem', 'block2-project', 'block10']) {
    const channels = await channelsAt(model, layer);
    const { maps } = await lookAtPhoto(compute, { network, photo: { path }, layer, top: 1 });
    if (!maps) throw new Error('There are no maps.');
    expect([maps.layer, maps.shape[2]]).toEqual([layer, channels.length]);
    const strengths = channels.map(
      (values) => values.reduce((sum, v) => sum + Math.abs(v), 0) / values.length,
    );
    const strongest = strengths.toSorted((a, b) => b - a).slice(0, 64);
    expect(maps.maps).toHaveLength(strongest.length);
    for (const [place, { channel, strength, low, high }] of maps.maps.entries()) {
      expect(strength).toBeCloseTo(strongest[place] ?? NaN, 3);
      const apart = mapOf(maps, place).map((value, i) => Math.abs(value - (channels[channel]?.[i] ?? NaN)));
      expect(Math.max(...apart)).toBeLessThan((0.51 * (high - low)) / 255 + 1e-3);
    }
  }
  model.dispose();
});

test('names are those that predicting gives', async () => {
  const { predictions, maps } = await lookAtPhoto(compute, { network, photo: { path }, layer: null, top: 5 });
  expect(maps).toBeNull();
  expect(predictions.map(({ className }) => className)).toContain('crane (machine)');
  const events = predictPhotos(
    compute,
    { model: network, paths: [path], top: 5 },
    new AbortController().signal,
  );
  for await (const event of events) {
    if (event.kind !== 'prediction') continue;
    expect(predictions.map(({ className }) => className)).toEqual(
      event.predictions.map(({ className }) => className),
    );
    event.predictions.forEach(({ probability }, i) =>
      expect(predictions[i]?.probability).toBeCloseTo(probability, 4),
    );
  }
});

test('a photo of a project is seen by its working copy, also when the file is gone', async () => {
  const workingCopy = join(root, 'copy.jpg');
  writeFileSync(workingCopy, (await readWorkingCopy(path)).image);
  const there = await lookAtPhoto(compute, { network, photo: { path }, layer: null, top: 3 });
  const photo = { path: join(root, 'gone.jpg'), workingCopy };
  expect(await lookAtPhoto(compute, { network, photo, layer: null, top: 3 })).toEqual(there);
});

test('a trained model is looked into as it was trained: its own names, framing and scale', async () => {
  const folder = join(root, 'model');
  await compute.call('writeModel', { folder, model: colourModel, details: exampleDetails });
  expect(await lookInside(compute, folder)).toMatchObject({
    input: [8, 8, 3],
    framing: 'stretch',
    classes: 3,
    layers: [
      { kind: 'global-average-pool', shape: [3] },
      { kind: 'dense', shape: [3] },
    ],
    filters: null,
  });
  const { predictions } = await lookAtPhoto(compute, {
    network: folder,
    photo: { path },
    layer: null,
    top: 9,
  });
  expect(predictions.map(({ className }) => className).toSorted()).toEqual(['blue', 'green', 'red']);
  // A model that is trained again lies in the same place.
  const swapped = { ...colourModel, classNames: ['one', 'two', 'three'] };
  await compute.call('writeModel', { folder, model: swapped, details: exampleDetails });
  const again = await lookAtPhoto(compute, { network: folder, photo: { path }, layer: null, top: 9 });
  expect(again.predictions.map(({ className }) => className).toSorted()).toEqual(['one', 'three', 'two']);
});

test('what is no photo, and a layer that there is not, are refused', async () => {
  const text = join(root, 'text.jpg');
  writeFileSync(text, 'no photo');
  const looking = lookAtPhoto(compute, { network, photo: { path: text }, layer: null, top: 1 });
  await expect(looking).rejects.toMatchObject({ code: 'NOT_READABLE' });
  const layer = 'block99';
  await expect(lookAtPhoto(compute, { network, photo: { path }, layer, top: 1 })).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    data: { met: expect.stringContaining('block99') },
  });
});

test('filters and maps are written as pictures', async () => {
  const out = join(root, 'pictures');
  const filters = await writeFilters(compute, { network, out });
  expect(filters.files).toHaveLength(32);
  expect(filters.files[0]).toBe(join(out, 'stem-filter01.png'));
  const maps = await writeMaps(compute, { network, path, layer: 'block3', out });
  expect(maps.files).toHaveLength(40);
  expect(maps.files[39]).toMatch(/block3-40-channel\d+\.png$/);
  for (const file of [...filters.files, ...maps.files])
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  await expect(writeFilters(compute, { network, out: text() })).rejects.toMatchObject({
    code: 'NOT_WRITABLE',
  });
});

/** A file where a folder should be. */
function text(): string {
  const file = join(root, 'file');
  writeFileSync(file, '');
  return join(file, 'folder');
}
