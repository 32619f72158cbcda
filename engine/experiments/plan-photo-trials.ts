import { ScenelabError, type Notice, type Progress } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { listTrainingPhotos, projectName, type Library, type TrainingPhoto } from '../library/index.ts';
import { examplesOf, planTraining } from '../training/plan-training.ts';
import { resolveSettings } from '../training/settings.ts';
import { Stopwatch } from '../training/stopwatch.ts';
import { cacheFeatures } from '../training/training-features.ts';
import { drawPhotos } from './draw-photos.ts';
import { scratchTrial, transferTrial, type PhotoDraw } from './photo-trials.ts';
import { photosPerClass } from './photos-per-class.ts';
import type { PlannedTrial, TrialPlan } from './planned-trial.ts';
import { readSmallPhotos, type SmallPhotos } from './read-small-photos.ts';

/** Of the smallest class. */
const leftToJudge = 0.25;

/** Both arms that begin with a pretrained backbone are `balanced`, with its varied photos; one stops at the last layer. */
const transfer = {
  'feature-extraction': resolveSettings({ preset: 'balanced', settings: { refit: 'none', cut: null } }),
  'fine-tuning': resolveSettings({ preset: 'balanced', settings: { refit: 'none' } }),
};

/** What the trainings of an arm take beside others, and more for each photo: roughly seconds on two cores. */
const work = { 'from-scratch': [6, 0], 'feature-extraction': [0.7, 0], 'fine-tuning': [2.5, 0.1] } as const;

/**
 * The trainings of the experiment on photos, once all that they need of the photos is cached. For each seed photos are drawn,
 * the same for every arm.
 * @throws ScenelabError as `planTraining`; TOO_FEW_PHOTOS where the smallest class leaves nothing to compare
 */
export async function* planPhotoTrials(
  compute: Compute,
  library: Library,
  seeds: number,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, TrialPlan> {
  const { classNames } = planTraining(library);
  const labelled = listTrainingPhotos(library).filter(({ label }) => classNames.includes(label));
  const unread = yield* cacheAll(compute, library, { labelled, classNames }, signal);
  const small = yield* readSmallPhotos(labelled, photosPerClass.scratch.side, signal);
  const photos = labelled.filter(({ id, path }) => !unread.has(path) && small.has(id));
  const values = valuesFor(photos, classNames);
  const draws = Array.from({ length: seeds }, (_, i): PhotoDraw => {
    return { library, classNames, seed: i + 1, ...drawPhotos(photos, values.at(-1) ?? 0, i + 1) };
  });
  return {
    trials: draws.flatMap((draw) => values.flatMap((perClass) => planned(draw, perClass, small))),
    values,
    data: projectName(library),
    classes: classNames.length,
    testImages: Math.min(...draws.map(({ test }) => test.length)),
  };
}

/** One training of each arm on the same photos. */
function planned(draw: PhotoDraw, perClass: number, small: SmallPhotos): PlannedTrial[] {
  return photosPerClass.arms.map(({ id }) => {
    const [fixed, perPhoto] = work[id];
    return {
      arm: id,
      seed: draw.seed,
      xs: [perClass],
      work: fixed + perPhoto * perClass * draw.classNames.length,
      run: (compute, signal) =>
        id === 'from-scratch'
          ? scratchTrial(compute, { ...draw, perClass, small }, signal)
          : transferTrial(compute, { ...draw, perClass, settings: transfer[id] }, signal),
    };
  });
}

/** Makes sure that the features of all photos are there, for both arms at once; gives the paths of those that can't be read. */
async function* cacheAll(
  compute: Compute,
  library: Library,
  { labelled, classNames }: { labelled: readonly TrainingPhoto[]; classNames: readonly string[] },
  signal: AbortSignal,
): AsyncGenerator<Progress, Set<string>> {
  const settings = transfer['fine-tuning'];
  const shared = {
    compute,
    library,
    settings,
    classes: classNames.length,
    clock: new Stopwatch(),
    signal,
    stop: signal,
  };
  const unread = yield* cacheFeatures(
    { ...shared, runFolder: '' },
    { train: examplesOf(labelled, classNames), others: examplesOf([], classNames) },
  );
  return new Set(unread.map(({ path }) => path));
}

/** Photos per class that every class has, some left to judge by. */
function valuesFor(photos: readonly TrainingPhoto[], classNames: readonly string[]): number[] {
  const counts = Map.groupBy(photos, ({ label }) => label);
  const fewest = Math.min(...classNames.map((label) => counts.get(label)?.length ?? 0));
  const values = photosPerClass.values.filter((value) => value <= fewest * (1 - leftToJudge));
  if (values.length > 1) return values;
  throw new ScenelabError(
    'TOO_FEW_PHOTOS',
    `The smallest label has ${fewest} photos`,
    'at least 3 of each',
    'Add photos to it, or choose other photos',
  );
}
