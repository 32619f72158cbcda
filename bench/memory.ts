import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { TrainInput } from '../contract/index.ts';
import { importPhotos } from '../engine/imports/index.ts';
import { openLibrary } from '../engine/library/index.ts';
import { startCompute } from '../engine/start-compute.ts';
import { trainModel } from '../engine/training/train-model.ts';
import { writeResults } from './results.ts';
import { peakMemory } from './turns/peak-memory.ts';

/**
 * The memory that a training is planned to take beside the most that it takes, one epoch of the sample project each, in a
 * process of its own that also imports and embeds the photos, as the engine does in a first session.
 *
 * `node bench/memory.ts [--write]`
 */
const cases = [
  { backbone: 'efficientnet-lite0', cut: null, batchSize: 32 },
  { backbone: 'efficientnet-lite0', cut: 'block15', batchSize: 32 },
  { backbone: 'efficientnet-lite0', cut: 'block11', batchSize: 32 },
  { backbone: 'efficientnet-lite0', cut: 'block11', batchSize: 128 },
  { backbone: 'efficientnet-lite0', cut: 'block10', batchSize: 64 },
  { backbone: 'efficientnet-lite2', cut: null, batchSize: 32 },
  { backbone: 'efficientnet-lite2', cut: 'block19', batchSize: 64 },
  { backbone: 'efficientnet-lite2', cut: 'block16', batchSize: 32 },
  { backbone: 'efficientnet-lite2', cut: 'block16', batchSize: 128 },
  { backbone: 'efficientnet-lite2', cut: 'block14', batchSize: 64 },
];
const Memory = z.object({ planned: z.number(), taken: z.number() });

/** Trains once in this process. */
async function trainHere(settings: object): Promise<z.infer<typeof Memory>> {
  const folder = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
  const project = join(folder, 'sample.scenelab');
  const { signal } = new AbortController();
  using library = openLibrary(project, { create: true });
  const photos = fileURLToPath(new URL('../assets/sample', import.meta.url));
  await Array.fromAsync(
    importPhotos(library, { folders: [photos], nested: 'flatten', groupByFolder: false }, signal),
  );
  const compute = startCompute();
  const once = { variants: 1, epochs: 1, refit: 'all', ...settings } as const;
  let planned = 0;
  for await (const event of trainModel(compute, library, TrainInput.parse({ project, settings: once }), {
    signal,
  }))
    if (event.kind === 'memory') planned = event.bytes;
  await compute.close();
  rmSync(folder, { recursive: true });
  return { planned, taken: peakMemory() };
}

function row({ backbone, cut, batchSize }: (typeof cases)[number]): string {
  const settings = JSON.stringify({ backbone, cut, batchSize });
  const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), settings], {
    encoding: 'utf8',
  });
  const { planned, taken } = Memory.parse(JSON.parse(output));
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  const off = `${planned > taken ? '+' : ''}${(100 * (planned / taken - 1)).toFixed(0)} %`;
  const line = `| ${[backbone, cut ?? 'head', batchSize, megabytes(planned), megabytes(taken), off].join(' | ')} |`;
  console.log(line);
  return line;
}

const [, , given = ''] = process.argv;
if (given.startsWith('{')) console.log(JSON.stringify(await trainHere(JSON.parse(given))));
else {
  const header =
    '| backbone | cut | batch | planned | taken | off by |\n| --- | --- | --: | --: | --: | --: |';
  const table = [header, ...cases.map(row)].join('\n');
  if (given === '--write') writeResults('Memory of a training, planned and taken', table);
}
