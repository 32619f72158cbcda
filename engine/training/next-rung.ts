import { z } from 'zod';
import { TrainSettings, type Notice, type TrainEvent } from '../../contract/index.ts';
import { backboneEntry, listBackbones } from '../backbones/registry.ts';

/** What decides how much memory a training takes, and is given up piece by piece where there is too little. */
export const Rung = TrainSettings.pick({ backbone: true, cut: true }).extend({
  /** Photos of a batch that go through the tail at once. */
  photosAtOnce: z.number().int().min(1),
});
export type Rung = z.infer<typeof Rung>;

/** The activations of fewer are small beside the weights and what TensorFlow takes anyway. */
const fewestAtOnce = 4;

/**
 * The next thing to give up: half as many photos at once, with which the model stays the same; then a cut further up; then
 * the next smaller backbone that is here, from its highest cut on; then all but the head. Null when only the head is left.
 */
export function nextRung({ backbone, cut, photosAtOnce }: Rung): Rung | null {
  if (cut === null) return null;
  if (photosAtOnce > fewestAtOnce) return { backbone, cut, photosAtOnce: Math.ceil(photosAtOnce / 2) };
  const { cuts, inputSize } = backboneEntry(backbone);
  const above = cuts[cuts.findIndex(({ name }) => name === cut) + 1];
  if (above) return { backbone, cut: above.name, photosAtOnce };
  const smaller = listBackbones()
    .filter((other) => other.installed && other.inputSize < inputSize)
    .sort((a, b) => b.inputSize - a.inputSize)[0];
  const highest = smaller?.cuts.at(-1);
  if (smaller && highest) return { backbone: smaller.id, cut: highest.name, photosAtOnce };
  return { backbone, cut: null, photosAtOnce };
}

/** Whether this says that something was given up for want of memory. */
export function isStepDown(event: TrainEvent): boolean {
  return event.kind === 'notice' && (event.code === 'LESS_AT_ONCE' || event.code === 'LESS_LEARNS');
}

/**
 * Says what a step down gives up, and that it is for want of memory; of an engine that vanished that is only likely.
 * `LESS_LEARNS` changes the model, `LESS_AT_ONCE` only the time that it takes.
 */
export function noticeOfStep(from: Rung, to: Rung, isCertain: boolean): Notice {
  const why = isCertain ? 'Memory ran out' : 'Memory seems to have run out';
  const isSame = to.cut === from.cut && to.backbone === from.backbone;
  const what = isSame
    ? `the photos of a batch go through ${to.photosAtOnce} at a time. The model is the same, training takes longer`
    : whatLearns(from, to);
  return { kind: 'notice', code: isSame ? 'LESS_AT_ONCE' : 'LESS_LEARNS', message: `${why}: ${what}.` };
}

function whatLearns(from: Rung, to: Rung): string {
  if (to.cut === null) return 'only the last layer learns';
  const { name, cuts } = backboneEntry(to.backbone);
  const trains = cuts.find((cut) => cut.name === to.cut)?.trains ?? to.cut;
  return to.backbone === from.backbone
    ? `fewer layers learn, only ${trains}`
    : `the smaller ${name} is the backbone, and ${trains} learns`;
}
