import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makePhotos } from './make-photos.ts';
import { caseOptions, Report, runnerColumns, runnerRows, table } from './turns/report.ts';
import { kerasRunner, openRunner, ownRunner, takeTurns } from './turns/take-turns.ts';

/**
 * Photos per second of predicting a folder of JPEGs, and of one photo with the model open: Scenelab, Keras (tf.data and
 * `predict`) and TensorFlow.js (tfjs-node's decoder and `predict`), each with EfficientNet-Lite0 and its thousand classes.
 *
 * `node bench/predict.ts [--photos 500] [--rounds 3] [--python python3] [--write]`
 */
const { values: options } = parseArgs({
  options: { ...caseOptions, photos: { type: 'string', default: '500' } },
});
const { python, write } = options;
const [photos, rounds] = [Number(options.photos), Number(options.rounds ?? 3)];
const report = new Report('Predicting a folder', python);
const root = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
const [many, one] = [join(root, 'many'), join(root, 'one')];
await makePhotos(many, photos);
await makePhotos(one, 1);

using stack = new DisposableStack();
const runners = [
  openRunner('Scenelab', ownRunner('predict.ts', 'scenelab')),
  ...(report.hasKeras('Keras') ? [openRunner('Keras', kerasRunner(python, 'predict.py'))] : []),
  openRunner('tfjs', ownRunner('predict.ts', 'tfjs')),
];
for (const runner of runners) stack.use(runner);
const single = await takeTurns(runners, 5 * rounds, one);
const folder = await takeTurns(runners, rounds, many);
rmSync(root, { recursive: true });

const rows = [
  ...runnerRows(single, 1).map((row) => ['1', ...row]),
  ...runnerRows(folder, photos).map((row) => [`${photos}`, ...row]),
];
report.finish(
  `\`node bench/predict.ts --photos ${photos}\`: generated JPEGs of 800 × 600, from the file to the class, the model open, medians (rounds:
${rounds}, of one photo ${5 * rounds}). Each runner is a process of its own and takes turns with the others.

${table(['photos', ...runnerColumns], rows)}`,
  { write },
);
