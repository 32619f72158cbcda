import type { PhotoId, Progress, Skipped } from '../../contract/index.ts';
import { backboneEntry, weightsFolder } from '../backbones/registry.ts';
import { readManifest } from '../backbones/weights.ts';
import {
  embedPhotos,
  featureFolder,
  openFeatureCache,
  trimCaches,
  type FeatureCache,
} from '../features/index.ts';
import type { CutPhotos } from '../gradient-descent/tail-input.ts';
import type { EmbeddingRows } from '../head/embeddings.ts';
import { variantsOfHead } from './memory-plan.ts';
import type { Examples } from './plan-training.ts';
import type { TrainingContext } from './training-context.ts';

/**
 * Makes sure that all features of photos that a training needs are cached, of `train` in all variants: embeddings, and for
 * fine-tuning the values at the cut, both from one pass. Caches that this takes beyond the project's budget are deleted.
 * Gives the photos that could not be read.
 */
export async function* cacheFeatures(
  context: TrainingContext,
  { train, others }: { train: Examples; others: Examples },
): AsyncGenerator<Progress, Skipped[]> {
  const { backbone, framing, augmentation, cut, variants } = context.settings;
  const stage = cut === null ? 'embed' : 'cut-features';
  using _ = context.clock.start(stage);
  using embeddings = embeddingCache(context);
  using cuts = cut === null ? null : cutCache(context, cut);
  const targets = [{ output: 'embedding', cache: embeddings }];
  if (cut !== null && cuts) targets.push({ output: cut, cache: cuts });
  const request = { stage, backbone, framing, augmentation, targets } as const;
  const varied = { ...request, photos: train.photos, variants };
  const plain = { ...request, photos: others.photos, variants: 1 };
  const unread = yield* embedPhotos(context.compute, varied, context.signal);
  unread.push(...(yield* embedPhotos(context.compute, plain, context.signal)));
  await trimCaches(
    context.library.featuresFolder,
    targets.map(({ cache }) => cache.folder),
  );
  return unread;
}

/** Where the embeddings of photos are, with their labels: of every photo as many variants as there are and may be used. */
export function embeddingsOf(
  context: TrainingContext,
  { photos, labels }: Examples,
  variants: number,
): { embeddings: EmbeddingRows; labels: Int32Array } {
  using cache = embeddingCache(context);
  const used = variantsOfHead(variants, photos.length);
  const rows = Int32Array.from(photos.flatMap(({ id }) => rowsOf(cache, id, used)));
  const repeated = rows.map((_, at) => labels[Math.floor(at / used)] ?? 0);
  const { folder, valuesPerRow } = cache;
  return { embeddings: { cache: { folder, valuesPerRow }, rows }, labels: repeated };
}

/** Where the features of photos at the cut are in their cache. */
export function cutPhotos(cache: FeatureCache, { photos, labels }: Examples, variants: number): CutPhotos {
  const rows = photos.flatMap(({ id }) => rowsOf(cache, id, variants));
  return { ids: photos.map(({ id }) => id), labels, rows: Int32Array.from(rows) };
}

/** The cache of features at a cut. To be disposed. */
export function cutCache({ library, settings }: TrainingContext, cut: string): FeatureCache {
  const { backbone, framing, augmentation } = settings;
  const key = { backbone, framing, weights: weightsHash(backbone), output: cut, augmentation };
  const values = backboneEntry(backbone).cuts.find(({ name }) => name === cut)?.values ?? 0;
  return openFeatureCache(featureFolder(library.featuresFolder, key), values);
}

/** The cache of what judging needs: embeddings of plain photos as the network gives them, in float32. To be disposed. */
export function judgingCache({ library, settings }: TrainingContext): FeatureCache {
  const { backbone, framing } = settings;
  const key = {
    backbone,
    framing,
    weights: weightsHash(backbone),
    output: 'embedding-float32',
    augmentation: null,
  };
  const size = backboneEntry(backbone).embeddingSize;
  return openFeatureCache(featureFolder(library.featuresFolder, key), size, { precision: 'float32' });
}

/** Plain photos have a cache of their own, whatever the augmentation. */
function embeddingCache({ library, settings }: TrainingContext): FeatureCache {
  const { backbone, framing, variants } = settings;
  const augmentation = variants > 1 ? settings.augmentation : null;
  const key = { backbone, framing, weights: weightsHash(backbone), output: 'embedding', augmentation };
  return openFeatureCache(featureFolder(library.featuresFolder, key), backboneEntry(backbone).embeddingSize);
}

/** Rows of a photo's variants; -1 where there is none. */
export function rowsOf(cache: FeatureCache, id: PhotoId, variants: number): number[] {
  return Array.from({ length: variants }, (_, variant) => cache.row(id, variant) ?? -1);
}

function weightsHash(backbone: string): string {
  return readManifest(weightsFolder(backboneEntry(backbone)))?.sha256 ?? '';
}
