import { Preset, type TrainingPlan } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import type { Library } from '../library/index.ts';
import { headOnlyNotice } from './head-only-notice.ts';
import { measurePass } from './measure-pass.ts';
import { memoryQuestion, planMemory } from './memory-plan.ts';
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
  const plan = planTraining(library);
  const { classNames, train, validation, test, leftOut, notices } = plan;
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
    notices: [...(runtime.kind === 'portable' ? [headOnlyNotice] : []), ...notices],
    runtime,
    presets: Preset.options.map((preset) => {
      const settings = resolveSettings({ preset, settings: {} });
      const seconds = expectedSeconds(preset, runtime.device, photos);
      return { preset, settings, seconds, memory: planMemory(memoryQuestion(settings, plan)) };
    }),
  };
}
