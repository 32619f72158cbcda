import {
  ScenelabError,
  type ExperimentArm,
  type ExperimentEvent,
  type ExperimentPoint,
  type ExperimentResult,
  type Measured,
  type RunExperimentInput,
} from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { readMnist } from '../lab/read-mnist.ts';
import { compareArms, pointOf } from './compare-arms.ts';
import { describeArm, describePhotoArms, digitExperiment } from './experiments.ts';
import { openPhotos, type OpenLibrary } from './open-photos.ts';
import { photosPerClass } from './photos-per-class.ts';
import { planDigitTrials } from './plan-digit-trials.ts';
import { planPhotoTrials } from './plan-photo-trials.ts';
import type { TrialPlan } from './planned-trial.ts';
import { runTrials } from './run-trials.ts';
import { storeExperiment } from './stored-experiments.ts';

/**
 * Trains every arm of an experiment with every seed, says of each run what it has right, and keeps what came of it all. Broken
 * off or failed it leaves what was kept before. `library` opens the project of the photos, where it needs some.
 * @throws ScenelabError NEEDS_NATIVE_TENSORFLOW; NOT_FOUND and NOT_READABLE of MNIST; as an import and `planPhotoTrials`
 */
export async function* runExperiment(
  compute: Compute,
  library: OpenLibrary,
  input: RunExperimentInput,
  signal: AbortSignal,
): AsyncGenerator<ExperimentEvent, ExperimentResult> {
  const { device, kind, reason } = await compute.call('describeRuntime', null, { signal });
  if (kind === 'portable') throw needsNative(reason);
  const began = performance.now();
  const experiment = digitExperiment(input.id);
  const plan = experiment
    ? planDigitTrials(experiment, input, await readMnist())
    : yield* planPhotoTrials(compute, yield* openPhotos(library, input.photos, signal), input.seeds, signal);
  const measured = yield* runTrials(compute, plan.trials, signal);
  const { values, data, classes, testImages } = plan;
  const described = experiment
    ? experiment.arms.map((arm) => describeArm(arm, values))
    : describePhotoArms(classes);
  const arms = described.map((arm) => ({ ...arm, points: pointsOf(arm, plan, measured) }));
  const { axis, questions } = experiment ?? photosPerClass;
  const points = new Map(arms.map(({ id, points }) => [id, points]));
  const result: ExperimentResult = {
    ...{ ...input, axis, values: [...values], arms },
    comparisons: compareArms(questions, { points, testImages }),
    ...{ data, classes, testImages, device },
    ranAt: new Date().toISOString(),
    seconds: (performance.now() - began) / 1000,
  };
  await storeExperiment(result);
  return result;
}

/** All runs of an arm, place by place, in the order of their seeds. */
function pointsOf(
  { id }: ExperimentArm,
  { values, testImages }: TrialPlan,
  measured: readonly Measured[],
): ExperimentPoint[] {
  return values.map((x) => {
    const runs = measured.filter((each) => each.arm === id && each.x === x);
    const accuracies = runs.map(({ accuracy }) => accuracy);
    return pointOf(x, accuracies, testImages);
  });
}

function needsNative(reason: string): ScenelabError {
  return new ScenelabError(
    'NEEDS_NATIVE_TENSORFLOW',
    `An experiment trains dozens of networks, and only the portable runtime is there (${reason})`,
    'native TensorFlow',
    'Run `scenelab doctor` to see what is missing. Networks are inspected and photos predicted without it',
  );
}
