import { createHash } from 'node:crypto';
import type {
  MemoryNeed,
  Notice,
  Progress,
  TrainEvent,
  TrainInput,
  TrainResult,
  TrainSettings,
} from '../../contract/index.ts';
import { backboneEntry } from '../backbones/registry.ts';
import type { Compute } from '../compute.ts';
import { storeEvaluation, type StoredEvaluation } from '../evaluation/stored-evaluation.ts';
import { variantsWithin } from '../features/index.ts';
import {
  findUnfinishedRun,
  finishRun,
  isProject,
  listSkipped,
  projectGone,
  projectName,
  startRun,
  type Library,
} from '../library/index.ts';
import { modelFolder } from '../models/find-model.ts';
import type { ModelInfo } from '../models/trained-model.ts';
import { startProgress } from '../progress.ts';
import { checkLabels } from './check-labels.ts';
import { epochsDone, fitModel, removeCheckpoints, type FittedModel } from './fit-model.ts';
import { freeMemory } from './free-memory.ts';
import { headOnlyNotice } from './head-only-notice.ts';
import { judgeModel } from './judge-model.ts';
import { MemoryLadder } from './memory-ladder.ts';
import { estimateMemory, memoryQuestion, planMemory, type MemoryQuestion } from './memory-plan.ts';
import { planTraining, together, without, type TrainingPlan } from './plan-training.ts';
import { resolveSettings } from './settings.ts';
import { Stopwatch } from './stopwatch.ts';
import type { TrainingContext } from './training-context.ts';
import { cacheFeatures } from './training-features.ts';

export interface TrainSignals {
  /** Breaks off; the same training later goes on where it was. */
  readonly signal: AbortSignal;
  /** Ends fine-tuning early and keeps the best weights so far. */
  readonly stop?: AbortSignal;
}

/**
 * Trains a model on a project: features are cached, the head is fitted, the tail fine-tuned, the test photos judged, the
 * labels of the others checked, and the delivered model refitted with the same recipe on more photos. A run that was broken
 * off goes on where it was when settings, photos, labels and splits are the same. Where memory runs out it goes on with less
 * and says what it gives up.
 * @throws ScenelabError USAGE, NOT_FOUND, NO_PHOTOS, TOO_FEW_LABELS, TOO_FEW_PHOTOS, BACKBONE_MISSING, CHECKSUM_MISMATCH,
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
  if (possible.cut !== asked.cut) yield headOnlyNotice;
  const planned = planTraining(library);
  yield* planned.notices;
  const wanted = affordable(possible, planned);
  if (wanted.variants < possible.variants) yield fewerVariantsNotice(wanted, possible);
  const run = openRun(library, wanted, planned.dataHash);
  const runFolder = library.runFolder(run.id);
  const ladder = openLadder(runFolder, wanted, planned);
  const classes = planned.classNames.length;
  const shared = { compute, library, classes, runFolder, clock: new Stopwatch(), signal, stop };
  try {
    yield* ladder.notices;
    const resumed = epochsDone(runFolder, 'fine-tune');
    if (resumed !== null) yield { kind: 'resumed', runId: run.id, epoch: resumed };
    for (;;) {
      const { photosAtOnce, ...given } = ladder.rung;
      const settings = affordable({ ...wanted, ...given }, planned);
      yield memoryNeed(memoryQuestion(settings, planned), photosAtOnce);
      try {
        const context = { ...shared, settings, photosAtOnce };
        const trained = yield* trainOnce(context, planned, ladder.notices);
        finishRun(library, run.id, 'finished', settings);
        removeCheckpoints(runFolder);
        return { runId: run.id, device, ...trained };
      } catch (error) {
        if (signal.aborted) throw error;
        if (!isProject(library.folder)) throw projectGone(library.folder);
        yield ladder.stepDown(error);
        // Without its thread the training can't go on here; begun again it does.
        if (compute.stopped) throw error;
      }
    }
  } finally {
    ladder.leave();
  }
}

/** A whole training with the memory that there is; leaves the model in the run's folder. */
async function* trainOnce(
  context: TrainingContext,
  planned: TrainingPlan,
  notices: readonly Notice[],
): AsyncGenerator<TrainEvent, Omit<TrainResult, 'runId' | 'device'>> {
  const { compute, library, settings, runFolder, clock, signal } = context;
  const plan = yield* readablePlan(context, planned);
  yield startProgress('head', plan.train.photos.length).now(0);
  const fitted = yield* fitModel(context, plan.train, { validation: plan.validation });
  if (settings.cut !== null && !context.stop.aborted && fitted.history.length < settings.epochs)
    yield endedEarlyNotice(fitted, settings);
  const about = describe(library, plan, settings);
  const verdict = yield* judgeModel(context, fitted.parts, plan, about);
  const learned = yield* checkLabels(context, together(plan.train, plan.validation), plan.classNames);
  const gaveUp = notices.filter(({ code }) => code === 'LESS_LEARNS');
  const evaluation: StoredEvaluation = { ...verdict, learned, gaveUp, skipped: listSkipped(library) };
  await storeEvaluation(runFolder, evaluation);
  const delivered = yield* refit(context, plan, fitted);
  const { test, baseline, skipped } = evaluation;
  const folder = modelFolder(runFolder);
  const details = { trainedAt: new Date().toISOString(), settings, test, baseline };
  await compute.call('writeTrained', { folder, parts: delivered.parts, model: about, details }, { signal });
  return {
    model: folder,
    classNames: [...plan.classNames],
    settings,
    test,
    baseline,
    skipped,
    leftOut: plan.leftOut,
    timings: clock.timings(),
  };
}

/** Where the run is on the ladder; a new one begins with what fits. */
function openLadder(runFolder: string, settings: TrainSettings, plan: TrainingPlan): MemoryLadder {
  const { backbone, cut } = settings;
  const { photosAtOnce } = planMemory(memoryQuestion(settings, plan));
  return new MemoryLadder(runFolder, { backbone, cut, photosAtOnce });
}

function memoryNeed(question: MemoryQuestion, photosAtOnce: number): MemoryNeed {
  const { batchSize, cut } = question.settings;
  const batch = cut === null ? photosAtOnce : Math.min(batchSize, question.photos);
  const parts = Math.ceil(batch / photosAtOnce);
  return { kind: 'memory', bytes: estimateMemory(question, photosAtOnce), freeBytes: freeMemory(), parts };
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
  const { bestEpoch: lastEpoch, parts } = fitted;
  const { temperature, head: start } = parts;
  return yield* fitModel(context, photos, { lastEpoch, temperature, start });
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

function endedEarlyNotice({ history, bestEpoch }: FittedModel, { epochs }: TrainSettings): Notice {
  const ended = `Fine-tuning ended after epoch ${history.length} of ${epochs}`;
  const message = `${ended}: it got no better on the photos kept back to watch by. The weights of epoch ${bestEpoch} are kept.`;
  return { kind: 'notice', code: 'ENDED_EARLY', message };
}

function fewerVariantsNotice(used: TrainSettings, asked: TrainSettings): Notice {
  const message = `The cache of so many photos would be too large: of ${asked.variants} versions of each, ${used.variants} are used.`;
  return { kind: 'notice', code: 'FEWER_VARIANTS', message };
}
