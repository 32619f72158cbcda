import type { RunExperimentInput } from '../../contract/index.ts';
import type { Layers } from '../inspect/layer.ts';
import { measureLayers } from '../inspect/measure-layers.ts';
import { parseLayers } from '../inspect/parse-layers.ts';
import type { Mnist } from '../lab/read-mnist.ts';
import { commonSettings, type Amount, type DigitArm, type DigitExperiment } from './experiment.ts';
import { drawOfEachClass } from './image-sets.ts';
import type { PlannedTrial, TrialPlan } from './planned-trial.ts';
import type { Trial } from './run-trial.ts';

const plainScale = { mean: 0, standardDeviation: 255 };
/** What an image costs besides its multiply-adds, in these: measured on networks as small as those of the experiments. */
const overhead = 300_000;

/**
 * The trainings of an experiment on MNIST: for each seed digits are drawn, the same for every arm, and each arm learns from them
 * wherever the axis asks for a training of its own.
 */
export function planDigitTrials(
  experiment: DigitExperiment,
  { seeds, full }: Pick<RunExperimentInput, 'seeds' | 'full'>,
  mnist: Mnist,
): TrialPlan {
  const amount = full ? experiment.full : experiment.quick;
  const { values } = amount;
  // Digits that are only moved are all read by one network.
  const places = experiment.axis === 'pixels-moved' ? [values] : values.map((x) => [x]);
  const trials = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
    places.flatMap((xs) =>
      experiment.arms.map((arm) => planned(new DigitTrial(experiment, amount, { arm, seed, xs }), mnist)),
    ),
  );
  const { classNames, labels } = mnist.test;
  return { trials, values, data: 'MNIST', classes: classNames.length, testImages: labels.length };
}

/** An arm's network at a place of the axis. */
export function layersOf({ layers }: DigitArm, x: number): Layers {
  return typeof layers === 'string' ? parseLayers(layers) : layers(x);
}

interface Which {
  readonly arm: DigitArm;
  readonly seed: number;
  readonly xs: readonly number[];
}

/** One training of an experiment, before its digits are drawn. */
class DigitTrial implements Which {
  readonly arm: DigitArm;
  readonly seed: number;
  readonly xs: readonly number[];
  readonly digits: number;
  readonly epochs: number;
  readonly layers: Layers;
  readonly #experiment: DigitExperiment;

  constructor(experiment: DigitExperiment, { digits, steps }: Amount, { arm, seed, xs }: Which) {
    const [x = 0] = xs;
    this.#experiment = experiment;
    this.arm = arm;
    this.seed = seed;
    this.xs = xs;
    this.layers = layersOf(arm, x);
    this.digits = experiment.axis === 'training-digits' ? x : digits;
    this.epochs = Math.max(1, Math.round((steps * commonSettings.batchSize) / this.digits));
  }

  draw({ train, test }: Mnist): Trial {
    const { arm, seed, xs, layers, epochs } = this;
    const { axis, settings } = this.#experiment;
    const rate = axis === 'learning-rate' ? { learningRate: xs[0] ?? 0 } : {};
    return {
      layers,
      pixelScale: arm.pixelScale ?? plainScale,
      settings: { ...commonSettings, ...settings, ...rate, epochs, seed },
      variation: arm.variation ?? null,
      train: drawOfEachClass(train, Math.ceil(this.digits / train.classNames.length), seed),
      test,
      moves: axis === 'pixels-moved' ? xs : [0],
    };
  }
}

function planned(trial: DigitTrial, mnist: Mnist): PlannedTrial {
  const { arm, seed, xs, layers, digits, epochs } = trial;
  const { shape, labels } = mnist.test;
  const multiplyAdds = measureLayers(layers, shape).reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  return {
    arm: arm.id,
    seed,
    xs,
    work: (3 * digits * epochs + xs.length * labels.length) * (multiplyAdds + overhead),
    async *run(compute, signal) {
      const { accuracies } = yield* compute.stream('runTrial', trial.draw(mnist), { signal });
      return accuracies;
    },
  };
}
