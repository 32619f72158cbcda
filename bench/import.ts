import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCameraPhotos } from './make-photos.ts';
import { caseOptions, Report, runnerColumns, runnerRows, table } from './turns/report.ts';
import { medianOf } from './turns/spent.ts';
import { kerasRunner, openRunner, ownRunner, takeTurns } from './turns/take-turns.ts';

/**
 * Photos per second of importing (read, hash, decode, shrink, encode, perceptual hash, store) twelve-megapixel JPEGs beside
 * bare sharp and tf.data that only decode, shrink and encode them; and of import followed by embedding. Aims: import 0.85 × bare
 * sharp; import and embedding 0.9 × the slower of sharp alone and the network alone.
 *
 * `node bench/import.ts [--photos 48] [--rounds 3] [--python python3] [--write]`
 */
const { values: options } = parseArgs({
  options: { ...caseOptions, photos: { type: 'string', default: '48' } },
});
const { python, write } = options;
const [photos, rounds] = [Number(options.photos), Number(options.rounds ?? 3)];
const report = new Report('Import', python);
const folder = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
// A folder gives the photos in it their label.
const source = join(folder, 'photos', 'camera');
await makeCameraPhotos(source, photos);

const [sharp, both, network] = [
  'bare sharp',
  'Scenelab import, then embedding',
  'network alone, from pixels',
];
const own = (file: string, mode: string) => ownRunner(file, mode, source);
const runners = [
  openRunner('Scenelab import', own('import.ts', 'scenelab')),
  openRunner(sharp, own('import.ts', 'sharp')),
  openRunner(both, own('import-and-embed.ts', 'scenelab')),
  openRunner(network, own('import-and-embed.ts', 'network')),
];
const keras = kerasRunner(python, 'import_photos.py', source);
if (report.hasKeras('tf.data')) runners.push(openRunner('tf.data', keras));
let turn = 0;
const taken = await takeTurns(runners, rounds, () => join(folder, `${turn++}.scenelab`));
for (const runner of runners) runner[Symbol.dispose]();
rmSync(folder, { recursive: true });

const secondsOf = (wanted: string) =>
  medianOf(taken.find(({ name }) => name === wanted)?.turns ?? [], 'seconds');
const slower = Math.max(secondsOf(sharp), secondsOf(network));
const inTurn = secondsOf(sharp) + secondsOf(network);
report.finish(
  `\`node bench/import.ts --photos ${photos}\`: generated JPEGs of 12 megapixels, medians (rounds: ${rounds}). Bare sharp and tf.data only decode,
shrink to 512 pixels and encode, on all cores; import also hashes, reads EXIF, compares and stores.

${table(runnerColumns, runnerRows(taken, photos))}

Import and embedding together run at ${(slower / secondsOf(both)).toFixed(2)} × the slower of bare sharp and the network alone. All of them use the same
cores: one after the other, sharp and the network would take ${(inTurn / secondsOf(both)).toFixed(2)} × as long as import and embedding do.`,
  { write },
);
