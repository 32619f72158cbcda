import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import {
  Epoch,
  type Notice,
  type Progress,
  type TrainEvent,
  type TrainInput,
  type TrainResult,
  type TrainSettings,
} from '../../contract/index.ts';
import { backboneEntry } from '../backbones/registry.ts';
import type { Compute } from '../compute.ts';
import { storeEvaluation, type StoredEvaluation } from '../evaluation/stored-evaluation.ts';
import { variantsWithin } from '../features/index.ts';
import { findUnfinishedRun, finishRun, listSkipped, startRun, type Library } from '../library/index.ts';
import { modelFolder } from '../models/find-model.ts';
import type { ModelInfo } from '../models/trained-model.ts';
import { projectName } from '../projects/project-name.ts';
import { readCheckpoint } from './checkpoint.ts';
import { checkLabels } from './check-labels.ts';
import { checkpointFile, fitModel, type FittedModel } from './fit-model.ts';
import { judgeModel } from './judge-model.ts';
import { memoryQuestion, planMemory } from './memory-plan.ts';
import { planTraining, together, without, type TrainingPlan } from './plan-training.ts';
import { resolveSettings } from './settings.ts';
import { Stopwatch } from './stopwatch.ts';
import { cacheFeatures } from './training-features.ts';
import type { TrainingContext } from './training-context.ts';

export interface TrainSignals {
  /** Breaks off; the same training later goes on where it was. */
  readonly signal: AbortSignal;
  /** Ends fine-tuning early and keeps the best weights so far. */
  readonly stop?: AbortSignal;
}

/**
 * Trains a model on a project: features are cached, the head is fitted, the tail fine-tuned, the test photos judged, the
 * labels of the others checked, and the delivered model refitted with the same recipe on more photos. A run that was broken
 * off goes on where it was when settings, photos, labels and splits are the same.
 * @throws ScenelabError USAGE, NO_PHOTOS, TOO_FEW_LABELS, TOO_FEW_PHOTOS, BACKBONE_MISSING, CHECKSUM_MISMATCH,
 * DISK_FULL, OUT_OF_MEMORY
 */
export async function* trainModel(
  compute: Compute,
  library: Library,
  input: TrainInput,
  { signal, stop = new AbortController().signal }: TrainSignals,
): AsyncGenerator<TrainEvent, TrainResult> {
  const { device, kind } = await compute.call('describeRuntime', null, { signal });
  const asked = resolveSettings(input);
  const possible = kind === 'portable' ? { ...asked, cut: null } : asked;
  if (possible.cut !== asked.cut) yield portableNotice;
  const planned = planTraining(library);
  yield* planned.notices;
  const settings = affordable(possible, planned);
  if (settings.variants < possible.variants) yield fewerVariantsNotice(settings, possible);
  const run = openRun(library, settings, planned.dataHash);
  const runFolder = library.runFolder(run.id);
  const resumed = resumedEpoch(runFolder);
  if (resumed !== null) yield { kind: 'resumed', runId: run.id, epoch: resumed };
  const clock = new Stopwatch();
  const sizes = { classes: planned.classNames.length, ...planMemory(memoryQuestion(settings, planned)) };
  const context: TrainingContext = { ...sizes, compute, library, settings, runFolder, clock, signal, stop };

  const plan = yield* readablePlan(context, planned);
  const fitted = yield* fitModel(context, plan.train, { validation: plan.validation });
  const about = describe(library, plan, settings);
  const verdict = yield* judgeModel(context, fitted.parts, plan, about);
  const learned = yield* checkLabels(context, together(plan.train, plan.validation), plan.classNames);
  const evaluation: StoredEvaluation = { ...verdict, learned, skipped: listSkipped(library) };
  await storeEvaluation(runFolder, evaluation);
  const delivered = yield* refit(context, plan, fitted);
  const { test, baseline, skipped } = evaluation;
  const folder = modelFolder(runFolder);
  const details = { trainedAt: new Date().toISOString(), settings, test, baseline };
  await compute.call('writeTrained', { folder, parts: delivered.parts, model: about, details }, { signal });
  finishRun(library, run.id, 'finished');
  for (const stage of ['fine-tune', 'refit'] as const)
    await rm(checkpointFile(runFolder, stage), { force: true });
  return {
    runId: run.id,
    model: folder,
    classNames: [...plan.classNames],
    settings,
    test,
    baseline,
    skipped,
    leftOut: plan.leftOut,
    timings: clock.timings(),
    device,
  };
}

/** The settings with as many augmented variants as the cut cache may hold. */
function affordable(settings: TrainSettings, { train, validation, test }: TrainingPlan): TrainSettings {
  const cut = backboneEntry(settings.backbone).cuts.find(({ name }) => name === settings.cut);
  if (!cut) return settings;
  const photos = train.photos.length + validation.photos.length + test.photos.length;
  return { ...settings, variants: variantsWithin(settings.variants, photos, cut.values) };
}

/** The plan without photos that turn out not to be readable any more, all features of the others cached. */
async function* readablePlan(
  context: TrainingContext,
  plan: TrainingPlan,
): AsyncGenerator<Progress | Notice, TrainingPlan> {
  // What is learned from, in the refit too, is needed in all its variants.
  const { refit } = context.settings;
  const learned = [
    plan.train,
    ...(refit === 'none' ? [] : [plan.validation]),
    ...(refit === 'all' ? [plan.test] : []),
  ];
  const others = [...(refit === 'none' ? [plan.validation] : [])];
  const sets = { train: together(...learned), others: together(...others) };
  const unread = yield* cacheFeatures(context, sets);
  for (const { path, reason } of unread)
    yield { kind: 'notice', code: 'PHOTO_UNREADABLE', message: `${path} is left out: ${reason}` };
  const paths = new Set(unread.map(({ path }) => path));
  return {
    ...plan,
    train: without(plan.train, paths),
    validation: without(plan.validation, paths),
    test: without(plan.test, paths),
  };
}

/** The model that is delivered: the recipe once more, on the photos that `refit` adds. */
async function* refit(
  context: TrainingContext,
  { train, validation, test }: TrainingPlan,
  fitted: FittedModel,
): AsyncGenerator<TrainEvent, FittedModel> {
  const how = context.settings.refit;
  if (how === 'none') return fitted;
  const photos = how === 'all' ? together(train, validation, test) : together(train, validation);
  const { temperature, head } = fitted.parts;
  return yield* fitModel(context, photos, { lastEpoch: fitted.bestEpoch, temperature, start: head });
}

function describe(library: Library, plan: TrainingPlan, settings: TrainSettings): ModelInfo {
  const { classNames, train, validation, test } = plan;
  const added = { none: [], validation: [validation], all: [validation, test] }[settings.refit];
  const { labels } = together(train, ...added);
  return {
    name: projectName(library),
    classNames: [...classNames],
    framing: settings.framing,
    pixelScale: backboneEntry(settings.backbone).pixelScale,
    backbone: settings.backbone,
    // Half-way between a guess and certainty.
    unsureBelow: (1 / classNames.length + 1) / 2,
    trainingPhotos: classNames.map((_, k) => labels.filter((label) => label === k).length),
  };
}

/** The unfinished run of the same work, or a new one. */
function openRun(library: Library, settings: TrainSettings, dataHash: string) {
  const settingsHash = createHash('sha256')
    .update(JSON.stringify(sorted(settings)))
    .digest('hex');
  const unfinished = findUnfinishedRun(library, settingsHash);
  if (unfinished?.dataHash === dataHash) return unfinished;
  if (unfinished) finishRun(library, unfinished.id, 'failed');
  return startRun(library, { settings, settingsHash, dataHash });
}

function sorted(settings: TrainSettings): [string, unknown][] {
  return Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Whole epochs that an interrupted run had done; null when it had none. */
function resumedEpoch(runFolder: string): number | null {
  const State = z.object({ history: z.array(Epoch) });
  return readCheckpoint(checkpointFile(runFolder, 'fine-tune'), State)?.state.history.length ?? null;
}

function fewerVariantsNotice(used: TrainSettings, asked: TrainSettings): Notice {
  const message = `The cache of so many photos would be too large: of ${asked.variants} versions of each, ${used.variants} are used.`;
  return { kind: 'notice', code: 'FEWER_VARIANTS', message };
}

const portableNotice: Notice = {
  kind: 'notice',
  code: 'HEAD_ONLY',
  message: 'Without native TensorFlow only the last layer is trained. `scenelab doctor` says how to get it.',
};
