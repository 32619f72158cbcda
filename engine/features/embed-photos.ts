import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Augmentation, Framing, PhotoId, Progress, Skipped, Stage } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { mapInOrder } from '../map-in-order.ts';
import {
  augmentPhoto,
  framePhoto,
  joinPictures,
  readPixels,
  readStoredCopy,
  skippedBy,
} from '../photos/index.ts';
import { startProgress } from '../progress.ts';
import { randomFor } from '../random.ts';
import type { FeatureCache } from './feature-cache.ts';

/** Squares that the network looks at in one go. */
const batchSize = 32;

/** A photo of the library, as much of it as embedding needs. */
export interface LibraryPhoto {
  readonly id: PhotoId;
  readonly workingCopy: string;
  /** The original, for when the working copy was deleted. */
  readonly path: string;
}

/** What is kept of a network's values: those of the node `output`, which is `embedding` or a cut. */
export interface EmbedTarget {
  readonly output: string;
  readonly cache: FeatureCache;
}

export interface EmbedRequest {
  readonly stage: Extract<Stage, 'embed' | 'cut-features' | 'evaluate'>;
  readonly photos: readonly LibraryPhoto[];
  readonly backbone: string;
  /** All are filled by one pass through the network. */
  readonly targets: readonly EmbedTarget[];
  readonly framing: Framing;
  readonly augmentation: Augmentation;
  /** Variant 0 is the plain photo; the others are augmented, each the same whenever it is made. */
  readonly variants: number;
}

interface Square {
  readonly id: PhotoId;
  readonly variant: number;
  /** `[inputSize, inputSize, 3]` uint8. */
  readonly pixels: Uint8Array;
}

/**
 * Fills caches with the features of photos, only what is missing or damaged. Photos are decoded and varied here while the network
 * runs on the compute thread, a bounded number ahead. Gives the photos that could not be read, with the reason.
 * @throws ScenelabError DISK_FULL, BACKBONE_MISSING, CHECKSUM_MISMATCH
 */
export async function* embedPhotos(
  compute: Compute,
  request: EmbedRequest,
  signal: AbortSignal,
): AsyncGenerator<Progress, Skipped[]> {
  const missing = await missingOf(request);
  const total = missing.reduce((sum, { variants }) => sum + variants.length, 0);
  const progress = startProgress(request.stage, total);
  const skipped: Skipped[] = [];
  if (total === 0) return skipped;
  const network = await compute.call('openNetwork', {
    network: { kind: 'backbone', id: request.backbone },
    outputs: request.targets.map(({ output }) => output),
  });
  let done = 0;
  /** The batch that the network is looking at while the next one is prepared. */
  let running: Promise<void> = Promise.resolve();
  const run = async (batch: Square[]) => {
    const pixels = joinPictures(batch.map((square) => square.pixels));
    const input = { handle: network.handle, pixels, n: batch.length };
    const features = await compute.call('runNetwork', input, { transfer: [pixels.buffer] });
    request.targets.forEach(({ cache }, target) => keep(cache, batch, features[target]));
    done += batch.length;
  };
  try {
    for await (const batch of batches(missing, network.inputSize, request, skipped)) {
      await running;
      signal.throwIfAborted();
      running = run(batch);
      // Its failure is thrown when it is awaited.
      running.catch(() => undefined);
      const event = progress.at(done);
      if (event) yield event;
    }
    await running;
    yield progress.now(done);
    return skipped;
  } finally {
    await running.catch(() => undefined);
    await compute.call('closeNetwork', { handle: network.handle });
  }
}

interface Missing {
  readonly photo: LibraryPhoto;
  readonly variants: readonly number[];
}

/** Reads what is there already, to be sure of it; lets other work in between. */
async function missingOf({ photos, variants, targets }: EmbedRequest): Promise<Missing[]> {
  const all = Array.from({ length: variants }, (_, variant) => variant);
  const missing: Missing[] = [];
  for (const [i, photo] of photos.entries()) {
    if (i % 32 === 31) await setImmediate();
    const lacking = all.filter((variant) => targets.some(({ cache }) => !cache.has(photo.id, variant)));
    if (lacking.length > 0) missing.push({ photo, variants: lacking });
  }
  return missing;
}

function keep(
  cache: FeatureCache,
  batch: readonly Square[],
  features: Float32Array = new Float32Array(0),
): void {
  const values = cache.valuesPerRow;
  batch.forEach(({ id, variant }, i) => {
    if (!cache.has(id, variant)) cache.append(id, variant, features.subarray(i * values, (i + 1) * values));
  });
}

/** Squares in the order of the photos, `batchSize` at a time; a photo is decoded once for all its variants. */
async function* batches(
  missing: readonly Missing[],
  size: number,
  request: EmbedRequest,
  skipped: Skipped[],
): AsyncGenerator<Square[]> {
  const ahead = Math.max(2, Math.ceil((2 * batchSize) / request.variants));
  const atOnce = Math.min(ahead, 2 * availableParallelism());
  let waiting: Square[] = [];
  for await (const squares of mapInOrder(missing, (item) => squaresOf(item, size, request), {
    atOnce,
    ahead,
  })) {
    if (!Array.isArray(squares)) {
      skipped.push(squares);
      continue;
    }
    waiting.push(...squares);
    for (; waiting.length >= batchSize; waiting = waiting.slice(batchSize)) yield waiting.slice(0, batchSize);
  }
  if (waiting.length > 0) yield waiting;
}

async function squaresOf(
  { photo, variants }: Missing,
  size: number,
  { framing, augmentation }: Pick<EmbedRequest, 'framing' | 'augmentation'>,
): Promise<Square[] | Skipped> {
  const { id, path, workingCopy } = photo;
  try {
    const image = await readStoredCopy(path, workingCopy);
    const augmented = variants.some((variant) => variant > 0);
    const decoded = augmented ? await readPixels(image) : image;
    return await Promise.all(
      variants.map(async (variant) => {
        const random = randomFor('augmentation', variant, id);
        const pixels =
          variant === 0
            ? await framePhoto(image, size, framing)
            : await augmentPhoto(decoded, size, framing, augmentation, random);
        return { id, variant, pixels };
      }),
    );
  } catch (error) {
    return skippedBy(error, path);
  }
}
