/** Trains `smallTail` in a process of its own that a test can kill: `node fit-tail-fixture.ts <folder>`. */
import { startRuntime } from '../tensorflow/index.ts';
import { fitTail } from './fit-tail.ts';
import { smallTail, smallTraining } from './tail-fixture.ts';

await startRuntime();
const folder = process.argv[2] ?? '';
for await (const event of fitTail(smallTail, smallTraining(folder), new AbortController().signal))
  if (event.kind === 'epoch') process.stdout.write(`epoch ${event.epoch}\n`);
