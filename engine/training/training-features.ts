import { backboneEntry, weightsFolder } from '../backbones/registry.ts';
import { readManifest } from '../backbones/weights.ts';
import type { Progress, Skipped } from '../../contract/index.ts';
import { embedPhotos, featureFolder, openFeatureCache, type FeatureCache } from '../features/index.ts';
import type { CutPhotos } from './fit-tail.ts';
import type { Workshop } from './fit-model.ts';
import type { Examples } from './plan-training.ts';

/**
 * Makes sure that all features of photos that a training needs are cached: embeddings, and for fine-tuning the augmented
 * variants at the cut. Gives the photos that could not be read.
 */
export async function* cacheFeatures(
  shop: Workshop,
  { train, others }: { train: Examples; others: Examples },
): AsyncGenerator<Progress, Skipped[]> {
  const { backbone, framing, augmentation, cut } = shop.settings;
  const request = { backbone, framing, augmentation };
  const photos = [...train.photos, ...others.photos];
  let skipped: Skipped[];
  {
    using _ = shop.clock.start('embed');
    using cache = embeddingCache(shop);
    const plain = { ...request, photos, stage: 'embed' as const, output: 'embedding', variants: 1 };
    skipped = yield* embedPhotos(shop.compute, cache, plain, shop.signal);
  }
  if (cut === null) return skipped;
  using _ = shop.clock.start('cut-features');
  using cache = cutCache(shop, cut);
  const unread = new Set(skipped.map(({ path }) => path));
  for (const [examples, variants] of [
    [train, shop.settings.variants],
    [others, 1],
  ] as const) {
    const readable = examples.photos.filter(({ path }) => !unread.has(path));
    const varied = { ...request, photos: readable, stage: 'cut-features' as const, output: cut, variants };
    yield* embedPhotos(shop.compute, cache, varied, shop.signal);
  }
  return skipped;
}

/** Embeddings of plain photos from the cache, `[photos, size]` float32. */
export function embeddingsOf(shop: Workshop, { photos, labels }: Examples) {
  using cache = embeddingCache(shop);
  const rows = photos.map(({ id }) => cache.row(id, 0) ?? -1);
  return { embeddings: cache.read(rows), size: cache.valuesPerRow, labels };
}

/** Where the features of photos at the cut are in their cache. */
export function cutPhotos(cache: FeatureCache, { photos, labels }: Examples, variants: number): CutPhotos {
  const rows = photos.flatMap(({ id }) =>
    Array.from({ length: variants }, (_, variant) => cache.row(id, variant) ?? -1),
  );
  return { ids: photos.map(({ id }) => id), labels, rows: Int32Array.from(rows) };
}

/** The cache of features at a cut. To be disposed. */
export function cutCache({ library, settings }: Workshop, cut: string): FeatureCache {
  const { backbone, framing, augmentation } = settings;
  const key = { backbone, framing, weights: weightsHash(backbone), output: cut, augmentation };
  const values = backboneEntry(backbone).cuts.find(({ name }) => name === cut)?.values ?? 0;
  return openFeatureCache(featureFolder(library.featuresFolder, key), values);
}

function embeddingCache({ library, settings }: Workshop): FeatureCache {
  const { backbone, framing } = settings;
  const key = { backbone, framing, weights: weightsHash(backbone), output: 'embedding', augmentation: null };
  return openFeatureCache(featureFolder(library.featuresFolder, key), backboneEntry(backbone).embeddingSize);
}

function weightsHash(backbone: string): string {
  return readManifest(weightsFolder(backboneEntry(backbone)))?.sha256 ?? '';
}
