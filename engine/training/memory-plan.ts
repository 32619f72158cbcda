import type { TrainSettings } from '../../contract/index.ts';
import { backboneEntry } from '../backbones/registry.ts';
import { blockRows, keptRows } from '../head/embeddings.ts';
import { laneCount } from '../inference/lane-count.ts';
import { freeMemory } from './free-memory.ts';
import type { TrainingPlan } from './plan-training.ts';

/** What a training needs beside its settings to know how much memory it takes. */
export interface MemoryQuestion {
  readonly settings: Pick<TrainSettings, 'backbone' | 'cut' | 'variants' | 'batchSize'>;
  readonly classes: number;
  /** Photos that are learned from. */
  readonly photos: number;
}

export interface MemoryPlan {
  /** Estimated peak of the engine process. */
  readonly bytes: number;
  /** What the engine process may take: what is free, and what it has already. */
  readonly freeBytes: number;
  /** Photos of a batch that go through the tail at once; fewer than the batch has take more calls to the same step. */
  readonly photosAtOnce: number;
}

const MB = 1e6;
/** Rows beyond which the head is fitted on fewer variants of each photo. */
const headRows = 20_000;

/**
 * The engine before any fine-tuning: Node, TensorFlow, the library. The frozen network comes on top, which takes photos in portions
 * of a fixed size: a thread and three times the weights in each lane. Measured on the sample project with two lanes: 1.0 GB
 * with Lite0, 1.1 GB with Lite2 (`bench/memory.ts`).
 */
const base = 850 * MB;
const laneThread = 40 * MB;
const laneCopies = 3;
/** What fine-tuning takes whatever its size: scratch of the convolutions, buffers of the threads. Measured as the rest. */
const scratch = 60 * MB;
/**
 * Copies of the trained weights: the variables, their gradients, two slots of Adam and the gathered gradients in
 * TensorFlow; the start, the reached, the averaged and the best weights, slots and file of the checkpoint in Node.
 */
const copies = 5 + 4 + 2 + 3;
/** The activations kept for the backward pass, with the gradients alive at its widest place. Measured: 1.33 to 1.44. */
const passes = 1.4;
/** What is known of a photo, its answers among it. Measured with 5,000 and 32,000 photos (`bench/library-size.ts`). */
const photoRecord = 6000;
/** Steps and gradient changes that the head's optimizer remembers, and the points that it works on; float64. */
const headPoints = 2 * 20 + 6;

/**
 * Estimated peak of the engine process in bytes when `photosAtOnce` photos go through the tail at once. The head comes before
 * the tail, so that the larger of the two counts:
 *
 *     850 MB  +  lanes · (40 MB + 3 · 4 B · weights)  +  6 kB · photos  +  max(head, tail)
 *     head = 4 B · rows at once · embedding size  +  8 B · 46 · (embedding size + 1) · classes
 *     tail = 60 MB  +  14 · 4 B · weights  +  1.4 · 4 B · activations · photosAtOnce  +  (2 + 2 + 4) B · cut · photos
 *
 * `weights` are those above the cut and of the last layer, `activations` the values that the nodes above the cut give for a
 * photo, `cut` the values at the cut: of the whole batch as float16, twice, and of the photos at once as float32.
 */
export function estimateMemory({ settings, classes, photos }: MemoryQuestion, photosAtOnce: number): number {
  const { embeddingSize, cuts } = backboneEntry(settings.backbone);
  const rows = Math.min(keptRows + blockRows, photos * variantsOfHead(settings.variants, photos));
  const lastLayer = (embeddingSize + 1) * classes;
  const head = 4 * rows * embeddingSize + 8 * headPoints * lastLayer;
  const frozen = laneCount * (laneThread + 4 * laneCopies * (cuts[0]?.weights ?? 0));
  const always = base + frozen + photoRecord * photos;
  const cut = cuts.find(({ name }) => name === settings.cut);
  if (!cut) return always + head;
  const features = cut.values * (4 * settings.batchSize + 4 * photosAtOnce);
  const weights = 4 * copies * (cut.weights + lastLayer);
  const tail = scratch + weights + 4 * passes * cut.activations * photosAtOnce + features;
  return always + Math.max(head, tail);
}

/**
 * The most photos at once, the batch or a half, a quarter … of it, with which a training takes at most four fifths of what is
 * free; one where even that is too much. Bytes are the estimated peak with these.
 */
export function planMemory(question: MemoryQuestion, freeBytes: number = freeMemory()): MemoryPlan {
  let photosAtOnce = Math.max(1, Math.min(question.settings.batchSize, question.photos));
  const bytes = () => estimateMemory(question, photosAtOnce);
  while (photosAtOnce > 1 && bytes() > 0.8 * freeBytes) photosAtOnce = Math.ceil(photosAtOnce / 2);
  return { bytes: bytes(), freeBytes, photosAtOnce };
}

/** What a training of these settings is asked about; the refit counts, which learns from the most photos. */
export function memoryQuestion(
  settings: MemoryQuestion['settings'],
  { classNames, train, validation, test }: Pick<TrainingPlan, 'classNames' | 'train' | 'validation' | 'test'>,
): MemoryQuestion {
  const photos = train.photos.length + validation.photos.length + test.photos.length;
  return { settings, classes: classNames.length, photos };
}

/** Variants of each photo that the head is fitted on. */
export function variantsOfHead(variants: number, photos: number): number {
  return Math.max(1, Math.min(variants, Math.floor(headRows / photos)));
}
