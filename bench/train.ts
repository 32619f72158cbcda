import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TrainInput } from '../contract/index.ts';
import { importPhotos } from '../engine/imports/index.ts';
import { openLibrary } from '../engine/library/index.ts';
import { makePhotos } from './make-photos.ts';
import { takeStep, trainTwice, type Step } from './train-twice.ts';
import { gigabytes } from './turns/peak-memory.ts';
import { caseOptions, Report, table } from './turns/report.ts';
import { kerasRunner, openRunner } from './turns/take-turns.ts';

/**
 * Time and memory of a first training, and of another one after a single label was changed, on generated photos; beside
 * TensorFlow Hub's recipe in Keras on the same photos, which does its whole job again. Aims for 5,000 photos: 50 times as fast
 * as that and at most 3 s.
 *
 * `node bench/train.ts [--photos 500] [--preset quick] [--epochs 1] [--keras-photos 500] [--python python3] [--write]`; with fewer
 * `--keras-photos` the recipe is measured on these and its times are multiplied.
 */
const { values: options } = parseArgs({
  options: {
    ...caseOptions,
    photos: { type: 'string', default: '500' },
    preset: { type: 'string', default: 'quick' },
    epochs: { type: 'string' },
    'keras-photos': { type: 'string' },
  },
});
const { preset, epochs, python, write } = options;
const count = Number(options.photos);
const kerasCount = Math.min(count, Number(options['keras-photos'] ?? count));
const report = new Report(`Training ${count} photos, ${preset}`, python);
const root = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
const photos = join(root, 'photos');
await makePhotos(photos, count);

async function scenelab() {
  const project = join(root, 'bench.scenelab');
  using library = openLibrary(project, { create: true });
  const imported = await takeStep(
    importPhotos(library, { folders: [photos], nested: 'flatten', groupByFolder: false }),
  );
  const settings = epochs === undefined ? {} : { epochs: Number(epochs) };
  return { imported, ...(await trainTwice(library, TrainInput.parse({ project, preset, settings }))) };
}

/** The recipe on `kerasCount` photos, as long as it would take on all of them; null without Keras. */
async function hubRecipe(): Promise<Step | null> {
  if (!report.hasKeras("TensorFlow Hub's recipe")) return null;
  const folder = join(root, 'keras');
  await makePhotos(folder, kerasCount);
  using runner = openRunner("TensorFlow Hub's recipe", kerasRunner(python, 'hub_recipe.py', folder));
  const { seconds, processor } = await runner.turn('');
  const scale = count / kerasCount;
  return { seconds: seconds * scale, processor: processor * scale, peak: runner.peak() };
}

const { imported, first, again } = await scenelab();
const keras = await hubRecipe();
rmSync(root, { recursive: true });

const both: Step = {
  seconds: imported.seconds + first.seconds,
  processor: imported.processor + first.processor,
  peak: Math.max(imported.peak, first.peak),
};
const cells = ({ seconds, processor, peak }: Step) => [
  `${seconds.toFixed(1)} s`,
  `${processor.toFixed(1)} s`,
  gigabytes(peak),
];
const rowOf = (name: string, ours: Step, theirs: Step | null) => [
  name,
  ...cells(ours),
  ...(theirs ? cells(theirs) : ['', '', '']),
  theirs ? (theirs.seconds / ours.seconds).toFixed(1) : '',
  theirs ? (theirs.processor / ours.processor).toFixed(1) : '',
];
const columns = ['', 'Scenelab', 'processor time', 'peak memory', 'Keras', 'processor time', 'peak memory', '×', '× by processor time']; // prettier-ignore
const rows = [
  rowOf('import', imported, null),
  rowOf('first training', first, null),
  rowOf('both', both, keras),
  rowOf('again after one label was changed', again, keras),
];
const measuredOn = kerasCount < count ? `, measured on ${kerasCount} photos and multiplied by ${count / kerasCount}` : ''; // prettier-ignore
const told = [`--photos ${count}`, `--preset ${preset}`, ...(epochs ? [`--epochs ${epochs}`] : [])].join(' ');
report.finish(
  `\`node bench/train.ts ${told}\`: generated photos of 800 × 600. Keras is TensorFlow Hub's make_image_classifier written in Keras (frozen
Lite0, dropout and a dense layer, SGD, five epochs through the whole network from the JPEGs)${measuredOn}; after a changed label it
does the same again. Photos embedded again by Scenelab: ${again.stages.has('embed') ? 'yes' : 'no'}.

${table(columns, rows)}`,
  { write },
);
