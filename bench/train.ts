import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { TrainInput } from '../contract/index.ts';
import { importPhotos, labelPhotos, openLibrary } from '../engine/library/index.ts';
import { startCompute } from '../engine/start-compute.ts';
import { randomFor } from '../engine/training/random.ts';
import { trainModel } from '../engine/training/train-model.ts';
import { writeResults } from './results.ts';

/**
 * Time (and in brackets processor time, of all cores together) and memory of a first training, and of another one after a
 * single label was changed, on generated photos.
 *
 * `node bench/train.ts [--photos 500] [--preset quick] [--epochs 1] [--write]`
 */
const { values: options } = parseArgs({
  options: {
    photos: { type: 'string', default: '500' },
    preset: { type: 'string', default: 'quick' },
    epochs: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const count = Number(options.photos);
const classes = ['beach', 'city', 'forest', 'mountain', 'plant'];
const root = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
const { signal } = new AbortController();

/** A picture of coloured tiles, 800 × 600, whose main colour depends on its class; no two are alike. */
async function writePhoto(index: number): Promise<void> {
  const label = index % classes.length;
  const random = randomFor('bench photo', index);
  const tiles = Uint8Array.from(
    { length: 12 * 9 * 3 },
    (_, i) => 180 * random() + (i % 3 === label % 3 ? 50 : 0),
  );
  await sharp(tiles, { raw: { width: 12, height: 9, channels: 3 } })
    .resize(800, 600, { kernel: label < 3 ? 'nearest' : 'cubic' })
    .jpeg()
    .toFile(join(root, 'photos', classes[label] ?? '', `${index}.jpg`));
}

async function run<T>(work: AsyncGenerator<{ kind: string; stage?: string }, T>) {
  const [began, processorBegan] = [performance.now(), process.cpuUsage()];
  const stages = new Set<string>();
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done) {
      const seconds = (performance.now() - began) / 1000;
      const { user, system } = process.cpuUsage(processorBegan);
      return { result: next.value, seconds, processorSeconds: (user + system) / 1e6, stages };
    }
    if (next.value.stage) stages.add(next.value.stage);
  }
}

/** Most memory that this process has held, in GB. */
function peakMemory(): string {
  const [, kilobytes = 'NaN'] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return (Number(kilobytes) / 1e6).toFixed(2);
}

for (const label of classes) mkdirSync(join(root, 'photos', label), { recursive: true });
for (let index = 0; index < count; index += 1) await writePhoto(index);
const project = join(root, 'bench.scenelab');
using library = openLibrary(project, { create: true });
const compute = startCompute();
const imported = await run(
  importPhotos(library, { folders: [join(root, 'photos')], nested: 'flatten', groupByFolder: false }, signal),
);
const { preset, epochs } = options;
const settings = epochs === undefined ? {} : { epochs: Number(epochs) };
const input = TrainInput.parse({ project, preset, settings });
const first = await run(trainModel(compute, library, input, { signal }));
const [photo] = library.trainingPhotos();
labelPhotos(library, [{ photo: photo?.id ?? '', label: photo?.label === 'city' ? 'beach' : 'city' }]);
const again = await run(trainModel(compute, library, input, { signal }));
await compute.close();
rmSync(root, { recursive: true });

const cells = [imported, first, again].map(
  ({ seconds, processorSeconds }) => `${seconds.toFixed(1)} s (${processorSeconds.toFixed(1)} s)`,
);
const embedded = again.stages.has('embed') ? 'yes' : 'no';
const table = `| photos | preset | import | first training | after one label was changed | photos embedded again | peak memory |
| --: | --- | --: | --: | --: | --- | --: |
| ${[count, preset + (epochs ? `, ${epochs} epochs` : ''), ...cells, embedded, `${peakMemory()} GB`].join(' | ')} |`;
console.log(table);
if (options.write) writeResults(`Training ${count} photos, ${preset}`, table);
