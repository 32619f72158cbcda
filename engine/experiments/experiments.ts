import type { ExperimentArm, ExperimentId, ExperimentInfo } from '../../contract/index.ts';
import { inspectLayers } from '../inspect/inspect-layers.ts';
import { parseLayers } from '../inspect/parse-layers.ts';
import { augmentation } from './augmentation.ts';
import { batchNorm } from './batch-norm.ts';
import { denseOrConvolutional } from './dense-or-convolutional.ts';
import type { DigitArm, DigitExperiment } from './experiment.ts';
import { localResponseNorm } from './local-response-norm.ts';
import { photosPerClass } from './photos-per-class.ts';
import { layersOf } from './plan-digit-trials.ts';
import { poolingOrStride } from './pooling-or-stride.ts';
import { skipConnections } from './skip-connections.ts';

/** The experiments on MNIST's digits, each in a file of its own. */
export const digitExperiments: readonly DigitExperiment[] = [
  denseOrConvolutional,
  poolingOrStride,
  localResponseNorm,
  augmentation,
  batchNorm,
  skipConnections,
];

/** All experiments, in the order of the course. Needs no TensorFlow. */
export function listExperiments(): ExperimentInfo[] {
  const onDigits = digitExperiments.map(({ id, axis, quick: { values }, arms, typicalSeconds }) => {
    return {
      id,
      axis,
      values: [...values],
      arms: arms.map((arm) => describeArm(arm, values)),
      typicalSeconds,
    };
  });
  const { id, axis, values, typicalSeconds } = photosPerClass;
  return [...onDigits, { id, axis, values: [...values], arms: describePhotoArms(2), typicalSeconds }];
}

/** The experiment on digits that has this id; null for the one on photos. */
export function digitExperiment(id: ExperimentId): DigitExperiment | null {
  return digitExperiments.find((experiment) => experiment.id === id) ?? null;
}

/** What an arm trains, at the first place of the axis. */
export function describeArm(arm: DigitArm, [first = 0]: readonly number[]): ExperimentArm {
  const inspected = inspect(layersOf(arm, first), [28, 28, 1]);
  const layers = typeof arm.layers === 'string' ? arm.layers : inspected.layers;
  return { id: arm.id, network: { ...inspected, layers } };
}

/** The same of photos of so many classes. Parts of a pretrained backbone are not taken apart. */
export function describePhotoArms(classes: number): ExperimentArm[] {
  const { side, layers } = photosPerClass.scratch;
  const text = layers(classes);
  const scratch = { ...inspect(parseLayers(text), [side, side, 3]), layers: text };
  return photosPerClass.arms.map(({ id }) => ({ id, network: id === 'from-scratch' ? scratch : null }));
}

function inspect(
  layers: ReturnType<typeof parseLayers>,
  input: NonNullable<ExperimentArm['network']>['input'],
): NonNullable<ExperimentArm['network']> {
  const asked = { name: '', layers, input, batch: 1, dtype: 'float32', remedies: [] } as const;
  const { layersText, trainableParameters, multiplyAdds } = inspectLayers(asked);
  return { layers: layersText, input, parameters: trainableParameters, multiplyAdds };
}
