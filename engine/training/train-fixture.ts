/** Trains two labels of the sample in a process of its own, printing events as JSON: `node train-fixture.ts <project> <settings>`. */
import { join } from 'node:path';
import { TrainInput } from '../../contract/index.ts';
import { importPhotos } from '../imports/index.ts';
import { openLibrary } from '../library/index.ts';
import { startCompute } from '../start-compute.ts';
import { trainModel } from './train-model.ts';

const [, , project = '', settings = '{}'] = process.argv;
const input = TrainInput.parse({ project, preset: 'balanced', settings: JSON.parse(settings) });
const compute = startCompute();
using library = openLibrary(project, { create: true });
const sample = join(import.meta.dirname, '../../assets/sample');
const folders = [join(sample, 'fish'), join(sample, 'windmill')];
await Array.fromAsync(importPhotos(library, { folders, nested: 'flatten', groupByFolder: false }));
const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
const { signal } = new AbortController();
const events = trainModel(compute, library, input, { signal });
for (let next = await events.next(); ; next = await events.next()) {
  print(next.done ? { kind: 'result', ...next.value } : next.value);
  if (next.done) break;
}
await compute.close();
