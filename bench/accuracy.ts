import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Preset } from '../contract/index.ts';
import { backboneEntry } from '../engine/backbones/registry.ts';
import { cacheFolder } from '../engine/folders.ts';
import { importPhotos } from '../engine/imports/index.ts';
import { assignSplits, listTrainingPhotos, openLibrary, type Library } from '../engine/library/index.ts';
import { startCompute } from '../engine/start-compute.ts';
import { startRuntime } from '../engine/tensorflow/index.ts';
import { fitModel } from '../engine/training/fit-model.ts';
import { judgeModel } from '../engine/training/judge-model.ts';
import { examplesOf } from '../engine/training/plan-training.ts';
import { resolveSettings } from '../engine/training/settings.ts';
import { Stopwatch } from '../engine/training/stopwatch.ts';
import type { TrainingContext } from '../engine/training/training-context.ts';
import { cacheFeatures } from '../engine/training/training-features.ts';
import { foldsOf, Tally, type Fold } from './folds.ts';
import { LogisticRegression } from './logistic-regression.ts';
import { writeResults } from './results.ts';

/**
 * Accuracy of the presets by stratified cross-validation, beside logistic regression on the same folds. Every model is
 * trained as a person's is: a fifth of the photos outside the fold chooses the epoch and the temperature, then it
 * is refitted on all of them. Nothing of the fold chooses anything. It is judged by the path that predicts new photos.
 *
 * `node bench/accuracy.ts [--sets sample,scenes,flowers] [--presets quick,balanced,thorough] [--seeds 2] [--write]`
 * Photos are from ../shared/photos; their features stay in SCENELAB_CACHE for the next time.
 */
const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: 'sample,scenes,flowers' },
    presets: { type: 'string', default: Preset.options.join() },
    seeds: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
  },
});
const seeds = Number(options.seeds);
const folds = 5;
const compute = startCompute();
await startRuntime();
const { signal } = new AbortController();

/** The last value of a generator; what it yields is dropped. */
async function resultOf<T>(work: AsyncGenerator<unknown, T>): Promise<T> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}

async function libraryOf(set: string): Promise<Library> {
  const photos = fileURLToPath(new URL(`../../shared/photos/${set}`, import.meta.url));
  if (!existsSync(photos)) throw new Error(`${photos} is not there`);
  const library = openLibrary(join(cacheFolder(), 'bench-accuracy', set), { create: true });
  await resultOf(
    importPhotos(library, { folders: [photos], nested: 'flatten', groupByFolder: false }, signal),
  );
  // Its splits are not used, but photos without one count as not ready.
  assignSplits(library);
  return library;
}

/** Trains and judges one fold; gives the share of right answers. */
async function accuracyOf(
  context: TrainingContext,
  { train, test }: Fold,
  classNames: string[],
): Promise<number> {
  const { framing, backbone } = context.settings;
  mkdirSync(context.runFolder, { recursive: true });
  const { photos: known } = train;
  const [inner] = foldsOf(known, classNames, { folds: 5, seed: context.settings.seed });
  if (!inner) throw new Error('there is no fold');
  const fitted = await resultOf(fitModel(context, inner.train, { validation: inner.test }));
  const {
    bestEpoch: lastEpoch,
    parts: { temperature, head: start },
  } = fitted;
  const { parts } = await resultOf(fitModel(context, train, { lastEpoch, temperature, start }));
  rmSync(context.runFolder, { recursive: true });
  const { pixelScale } = backboneEntry(backbone);
  const about = {
    name: 'fold',
    classNames,
    framing,
    pixelScale,
    backbone,
    unsureBelow: 0,
    trainingPhotos: [],
  };
  const nothing = { validation: examplesOf([], classNames), leftOut: [], notices: [], dataHash: '' };
  const { test: metrics } = await resultOf(
    judgeModel(context, parts, { classNames, train, test, ...nothing }, about),
  );
  return metrics.accuracy;
}

/** All folds of all seeds of a set with a preset, as a line of the table. */
async function lineOf(set: string, preset: Preset): Promise<string> {
  using library = await libraryOf(set);
  const photos = listTrainingPhotos(library);
  const classNames = [...new Set(photos.map(({ label }) => label))].sort();
  const settings = resolveSettings({ preset, settings: {} });
  const clock = new Stopwatch();
  const runFolder = join(library.folder, `fold-${process.pid}`);
  const context = {
    compute,
    library,
    settings,
    classes: classNames.length,
    runFolder,
    clock,
    signal,
    stop: signal,
  };
  await resultOf(
    cacheFeatures(context, { train: examplesOf(photos, classNames), others: examplesOf([], classNames) }),
  );
  const [ours, theirs] = [new Tally(), new LogisticRegression()];
  for (let seed = 0; seed < seeds; seed++)
    for (const fold of foldsOf(photos, classNames, { folds, seed })) {
      const seeded = { ...context, settings: { ...settings, seed } };
      ours.add(await accuracyOf(seeded, fold, classNames), fold.test.photos.length);
      await theirs.add(seeded, fold);
      console.log(
        `${set}, ${preset}: ${ours.percent.toFixed(1)}, logistic regression ${theirs.percent.toFixed(1)}`,
      );
    }
  const times = Object.entries(clock.timings()).map(([stage, seconds]) => `${stage} ${seconds.toFixed(0)} s`);
  const figures = [theirs.percent, ours.percent, ours.percent - theirs.percent].map((value) =>
    value.toFixed(1),
  );
  return `| ${[`${set}, ${photos.length}`, preset, settings.backbone, ...figures, times.join(', ')].join(' | ')} |`;
}

const lines: string[] = [];
for (const set of options.sets.split(','))
  for (const preset of options.presets.split(',')) lines.push(await lineOf(set, Preset.parse(preset)));
await compute.close();
const table = `Percent of photos answered rightly, ${folds} folds × ${seeds} seeds on ${cpus().length} cores; times are of all folds together.

| photos | preset | backbone | logistic regression | Scenelab | difference | time |
| --- | --- | --- | --: | --: | --: | --- |
${lines.join('\n')}`;
console.log(table);
if (options.write) writeResults('Accuracy', table);
