import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainSettings } from '../../contract/index.ts';
import { backboneEntry } from '../backbones/registry.ts';
import type { Compute } from '../compute.ts';
import { parseLayers } from '../inspect/parse-layers.ts';
import type { LabelledImages } from '../lab/labelled-images.ts';
import type { Library, TrainingPhoto } from '../library/index.ts';
import { joinPictures } from '../photos/join-pictures.ts';
import { fitModel, type FittedModel } from '../training/fit-model.ts';
import { judgeModel } from '../training/judge-model.ts';
import { examplesOf } from '../training/plan-training.ts';
import { Stopwatch } from '../training/stopwatch.ts';
import type { DrawnPhotos } from './draw-photos.ts';
import { commonSettings } from './experiment.ts';
import { photosPerClass } from './photos-per-class.ts';
import type { SmallPhotos } from './read-small-photos.ts';
import type { Trial } from './run-trial.ts';
import { progressAt, type TrialProgress } from './trial-progress.ts';

/** What all arms of a seed have of the photos. */
export interface PhotoDraw extends DrawnPhotos {
  readonly library: Library;
  readonly classNames: readonly string[];
  readonly seed: number;
}

type Learning = PhotoDraw & { readonly perClass: number };

/** Trains a small network from nothing on the first photos of each class; gives the share of the others that it has right. */
export async function* scratchTrial(
  compute: Compute,
  { classNames, seed, pool, test, perClass, small }: Learning & { readonly small: SmallPhotos },
  signal: AbortSignal,
): AsyncGenerator<TrialProgress, readonly number[]> {
  const { side, layers, variation, steps } = photosPerClass.scratch;
  const images = (photos: readonly TrainingPhoto[]): LabelledImages => ({
    shape: [side, side, 3],
    classNames,
    labels: examplesOf(photos, classNames).labels,
    pixels: joinPictures(photos.flatMap(({ id }) => small.get(id) ?? [])),
  });
  const train = images(firstOf(pool, perClass));
  const { batchSize } = commonSettings;
  const trial: Trial = {
    layers: parseLayers(layers(classNames.length)),
    pixelScale: { mean: 127, standardDeviation: 64 },
    settings: {
      ...commonSettings,
      epochs: Math.ceil((steps * batchSize) / Math.max(batchSize, train.labels.length)),
      seed,
    },
    variation,
    train,
    test: images(test),
    moves: [0],
  };
  return (yield* compute.stream('runTrial', trial, { signal })).accuracies;
}

/** The same of a pretrained backbone, as a preset trains it, all its epochs: there are no photos to choose one by. */
export async function* transferTrial(
  compute: Compute,
  {
    library,
    classNames,
    seed,
    pool,
    test,
    perClass,
    ...given
  }: Learning & { readonly settings: TrainSettings },
  signal: AbortSignal,
): AsyncGenerator<TrialProgress, readonly number[]> {
  const settings = { ...given.settings, seed };
  const { framing, backbone } = settings;
  const nobody = examplesOf([], classNames);
  const train = examplesOf(firstOf(pool, perClass), classNames);
  const runFolder = await mkdtemp(join(tmpdir(), 'scenelab-experiment-'));
  const shared = { compute, library, settings, classes: classNames.length, clock: new Stopwatch(), signal };
  const context = { ...shared, runFolder, stop: new AbortController().signal };
  try {
    const fitted = yield* standing(fitModel(context, train, { validation: nobody }), settings.epochs);
    const { pixelScale } = backboneEntry(backbone);
    const about = { name: '', classNames: [...classNames], framing, pixelScale, backbone };
    const model = { ...about, unsureBelow: 0, trainingPhotos: [] };
    const plan = { classNames, train, validation: nobody, test: examplesOf(test, classNames) };
    const nothing = { leftOut: [], notices: [], dataHash: '' };
    const judged = judgeModel(context, fitted.parts, { ...plan, ...nothing }, model);
    for (let next = await judged.next(); ; next = await judged.next())
      if (next.done) return [next.value.test.accuracy];
  } finally {
    await rm(runFolder, { recursive: true, force: true });
  }
}

/** Says of a training's steps where it stands. */
async function* standing(
  events: ReturnType<typeof fitModel>,
  epochs: number,
): AsyncGenerator<TrialProgress, FittedModel> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    yield progressAt(next.value, epochs);
  }
}

function firstOf(pool: DrawnPhotos['pool'], perClass: number): TrainingPhoto[] {
  return [...pool.values()].flatMap((photos) => photos.slice(0, perClass));
}
