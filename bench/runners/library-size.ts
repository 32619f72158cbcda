import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrainInput, type PhotoFilter } from '../../contract/index.ts';
import { weightsFolder, backboneEntry } from '../../engine/backbones/registry.ts';
import { readManifest } from '../../engine/backbones/weights.ts';
import { featureFolder, openFeatureCache } from '../../engine/features/index.ts';
import { importPhotos } from '../../engine/imports/index.ts';
import { listPhotoColumns, openLibrary, type Library } from '../../engine/library/index.ts';
import { resolveSettings } from '../../engine/training/settings.ts';
import { fillCache, makeUpLibrary } from '../made-up-library.ts';
import { makePhotos } from '../make-photos.ts';
import { takeStep, trainTwice } from '../train-twice.ts';
import { spent } from '../turns/spent.ts';

/**
 * A library of some size, from import to a second training with the quick preset: `library-size.ts <photos> <real|made-up>`. Made up
 * are photos that have features in the cache and no files. Prints one line of JSON, processor times in seconds and bytes.
 */
const [size = '', kind = ''] = process.argv.slice(2);
const count = Number(size);
const root = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
const project = join(root, 'bench.scenelab');

/** Fills the caches that a quick training of Lite0 reads. */
function makeFeaturesUp(library: Library): void {
  const { backbone, framing } = resolveSettings({ preset: 'quick', settings: {} });
  const weights = readManifest(weightsFolder(backboneEntry(backbone)))?.sha256 ?? '';
  for (const [output, precision] of [
    ['embedding', 'float16'],
    ['embedding-float32', 'float32'],
  ] as const) {
    const folder = featureFolder(library.featuresFolder, {
      backbone,
      weights,
      output,
      framing,
      augmentation: null,
    });
    using cache = openFeatureCache(folder, backboneEntry(backbone).embeddingSize, { precision });
    fillCache(cache, count, 1);
  }
}

async function importReal(library: Library) {
  const photos = join(root, 'photos');
  await makePhotos(photos, count);
  return takeStep(importPhotos(library, { folders: [photos], nested: 'flatten', groupByFolder: false }));
}

using library = kind === 'real' ? openLibrary(project, { create: true }) : makeUpLibrary(project, count);
const imported = kind === 'real' ? await importReal(library) : null;
if (!imported) makeFeaturesUp(library);
const filter: PhotoFilter = { show: 'all', labels: [], split: null, text: '' };
const listed = await spent(async () =>
  listPhotoColumns(library, { filter, sort: 'added', descending: false }),
);
const { first, again } = await trainTwice(library, TrainInput.parse({ project, preset: 'quick' }));
rmSync(root, { recursive: true });
const wasEmbedded = imported !== null;
if (first.stages.has('embed') !== wasEmbedded)
  throw new Error('the features were not those that training looks for');
console.log(
  JSON.stringify({
    imported: imported?.processor ?? null,
    listed: listed.processor,
    first: first.processor,
    again: again.processor,
    peak: Math.max(imported?.peak ?? 0, first.peak, again.peak),
  }),
);
