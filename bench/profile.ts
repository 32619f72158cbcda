import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TrainInput, type Preset } from '../contract/index.ts';
import { importPhotos } from '../engine/imports/index.ts';
import { listTrainingPhotos, openLibrary, type Library } from '../engine/library/index.ts';
import { startCompute } from '../engine/start-compute.ts';
import { trainModel } from '../engine/training/train-model.ts';
import { labels, makeCameraPhotos } from './make-photos.ts';
import { profiled } from './profile/busiest-functions.ts';
import { importSteps } from './profile/import-steps.ts';
import { StageWatch } from './profile/stage-watch.ts';
import { threadKinds } from './profile/thread-times.ts';
import { caseOptions, Report, table } from './turns/report.ts';

/**
 * Where the time of an import and of a quick and a balanced training goes: by stage and kind of thread, by step of the import, by
 * function of the main thread. Only on Linux, which tells the time of each thread.
 *
 * `node bench/profile.ts [--photos 100] [--flame FILE.cpuprofile] [--write]`; DevTools draw the flame.
 */
const { values: options } = parseArgs({
  options: { ...caseOptions, photos: { type: 'string', default: '100' }, flame: { type: 'string' } },
});
const count = Number(options.photos);
const report = new Report('Where the time goes', options.python);
const root = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
for (const label of labels)
  await makeCameraPhotos(join(root, 'photos', label), Math.ceil(count / labels.length));
const compute = startCompute();
const watch = new StageWatch();
const { signal } = new AbortController();
const rows: string[][] = [];

async function train(library: Library, preset: Preset): Promise<void> {
  const input = TrainInput.parse({ project: library.folder, preset });
  await watched(preset, async () => {
    for await (const _ of trainModel(compute, library, input, { signal }));
  });
}

/** Does the work and adds a row per stage of it. */
async function watched(what: string, work: () => Promise<void>): Promise<void> {
  {
    using _ = watch.start('all');
    await work();
  }
  const stages = watch.take();
  const all = stages.get('all');
  const total = (all?.threads ?? []).reduce((sum, seconds) => sum + seconds, 0);
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(0)} %`;
  for (const [stage, { seconds, threads }] of stages) {
    const processor = threads.reduce((sum, seconds) => sum + seconds, 0);
    const shares = [percent(seconds, all?.seconds ?? 0), percent(processor, total)];
    const times = [`${seconds.toFixed(2)} s`, `${processor.toFixed(2)} s`];
    rows.push([what, stage, ...times, ...shares, ...threads.map((part) => percent(part, processor))]);
  }
}

// Loading TensorFlow would fall into the import.
await compute.call('describeRuntime', null);
const library = openLibrary(join(root, 'bench.scenelab'), { create: true });
const folders = [join(root, 'photos')];
const profile = await profiled(async () => {
  await watched('import', async () => {
    for await (const _ of importPhotos(library, { folders, nested: 'flatten', groupByFolder: false }));
  });
  await train(library, 'quick');
  await train(library, 'balanced');
});
if (options.flame) profile.write(options.flame);
const steps = await importSteps(
  listTrainingPhotos(library)
    .slice(0, 24)
    .map(({ path }) => path),
);
await compute.close();
library[Symbol.dispose]();
rmSync(root, { recursive: true });

const sum = [...steps.values()].reduce((sum, time) => sum + time, 0);
const stepRows = [...steps].map(([step, time]) => [
  step,
  time.toFixed(1),
  `${((100 * time) / sum).toFixed(0)} %`,
]);
const functions = profile.busiest
  .slice(0, 10)
  .map(([name, share]) => [name, `${(100 * share).toFixed(1)} %`]);
const columns = [
  'work',
  'stage',
  'time',
  'processor time',
  'of the time',
  'of the processor time',
  ...threadKinds,
];
report.finish(
  `\`node bench/profile.ts --photos ${count}\`: generated JPEGs of 12 megapixels, imported, trained quick, then balanced. The last columns say
which threads the processor time of the stage was spent on.

${table(columns, rows)}

The steps that a photo goes through before the network, each done alone, in milliseconds of processor time:

${table(['step', 'ms', 'share'], stepRows)}

Functions that kept the main thread busy, native code counted for the function that calls it:

${table(['function', 'share'], functions)}`,
  options,
);
