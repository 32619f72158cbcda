import { Preset, type TrainingPlan } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import type { Library } from '../library/index.ts';
import { measurePass } from './measure-pass.ts';
import { planTraining } from './plan-training.ts';
import { resolveSettings } from './settings.ts';
import { expectedSeconds, isSpeedKnown, notePass } from './training-speed.ts';

/**
 * What a training would be made on and take, for people to read before they start it. How fast the machine is, is measured
 * once before its first training, but only while nothing else runs (`isIdle`). Throws what `planTraining` throws.
 */
export async function planInWords(
  library: Library,
  compute: Compute,
  isIdle: boolean,
): Promise<TrainingPlan> {
  const { classNames, train, validation, test, leftOut, notices } = planTraining(library);
  const runtime = await compute.call('describeRuntime', null);
  const counts = {
    train: train.photos.length,
    validation: validation.photos.length,
    test: test.photos.length,
  };
  const photos = counts.train + counts.validation + counts.test;
  if (isIdle && !isSpeedKnown(runtime.device)) {
    const seconds = await measurePass(compute);
    if (seconds !== null) notePass(runtime.device, seconds);
  }
  return {
    ...counts,
    classNames: [...classNames],
    leftOut: [...leftOut],
    notices: [...notices],
    runtime,
    presets: Preset.options.map((preset) => ({
      preset,
      settings: resolveSettings({ preset, settings: {} }),
      seconds: expectedSeconds(preset, runtime.device, photos),
    })),
  };
}
