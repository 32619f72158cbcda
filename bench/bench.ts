import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findKeras, withoutKeras } from './turns/find-keras.ts';

/**
 * Runs every case that makes a table of bench/RESULTS.md, one after the other, each as the command that its section names.
 * `--quick` runs small versions, in five minutes on two cores, and leaves RESULTS.md as it is.
 *
 * `npm run bench -- [--only import,embed] [--quick] [--python python3]`
 *
 * Keras is measured where that Python has TensorFlow: `python3 -m venv .cache/keras && .cache/keras/bin/pip install
 * tensorflow-cpu==2.21.0`, then `--python .cache/keras/bin/python`. Accuracy, the app's window and the parity of exports have
 * commands of their own: `accuracy.ts`, `app.ts`, `export-parity.ts`.
 */
interface Case {
  readonly name: string;
  readonly file: string;
  readonly options?: string;
  /** Of the small version; without it the case has none. */
  readonly quick?: string;
  /** What the case takes on two quiet cores. */
  readonly minutes: number;
  readonly quickMinutes?: number;
}

const cases: readonly Case[] = [
  { name: 'import', file: 'import.ts', quick: '--photos 12 --rounds 1', minutes: 2.5, quickMinutes: 0.5 },
  {
    name: 'embed',
    file: 'embed.ts',
    quick: 'efficientnet-lite0 --rounds 1',
    minutes: 6,
    quickMinutes: 0.7,
  },
  { name: 'train', file: 'train.ts', quick: '--photos 100', minutes: 1.5, quickMinutes: 0.5 },
  {
    name: 'train-5000',
    file: 'train.ts',
    options: '--photos 5000',
    quick: '--photos 300 --keras-photos 100',
    minutes: 9,
    quickMinutes: 0.7,
  },
  { name: 'predict', file: 'predict.ts', quick: '--photos 64 --rounds 1', minutes: 2, quickMinutes: 0.4 },
  {
    name: 'fine-tune',
    file: 'fine-tune.ts',
    quick: 'efficientnet-lite0 --rounds 1',
    minutes: 3,
    quickMinutes: 0.6,
  },
  { name: 'profile', file: 'profile.ts', quick: '--photos 40', minutes: 2.5, quickMinutes: 0.7 },
  {
    name: 'library-size',
    file: 'library-size.ts',
    quick: '--real 200 --made-up 500,5000',
    minutes: 8,
    quickMinutes: 0.5,
  },
  { name: 'memory', file: 'memory.ts', minutes: 4 },
];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    python: { type: 'string', default: 'python3' },
  },
});
const { only, quick, python } = options;
const wanted = only?.split(',') ?? cases.map(({ name }) => name);
const chosen = cases.filter(
  ({ name, quick: small }) => wanted.includes(name) && !(quick && small === undefined),
);
const unknown = wanted.filter((name) => !cases.some((each) => each.name === name));
if (unknown.length > 0)
  throw new Error(`no case ${unknown.join(', ')}; there are ${cases.map(({ name }) => name).join(', ')}`);
const left = wanted.filter((name) => !chosen.some((each) => each.name === name));
if (left.length > 0) console.log(`Too long for the small version: ${left.join(', ')}.`);
console.log(findKeras(python) ?? withoutKeras(python, 'Keras is left out'));

/** Runs a case; gives whether it came to its end. */
function run({ file, options: full = '', quick: small = '' }: Case): Promise<boolean> {
  const given = quick ? small : `${full} --write`;
  const args = [join(import.meta.dirname, file), ...given.split(' ').filter(Boolean), '--python', python];
  const flags = ['--disable-warning=ExperimentalWarning'];
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  const child = spawn(process.execPath, [...flags, ...args], { stdio: 'inherit', env });
  return new Promise((resolve) => child.on('close', (status) => resolve(status === 0)));
}

const expected = (some: readonly Case[]) =>
  some.reduce((sum, { minutes, quickMinutes = 0 }) => sum + (quick ? quickMinutes : minutes), 0);
const failed: string[] = [];
const began = performance.now();
for (const [i, each] of chosen.entries()) {
  // A busy or slower machine takes as much longer for the rest as it took for what is done.
  const pace = i === 0 ? 1 : (performance.now() - began) / 60_000 / expected(chosen.slice(0, i));
  const minutesLeft = Math.ceil(expected(chosen.slice(i)) * pace);
  console.log(`\n── ${each.name}, ${i + 1} of ${chosen.length}; about ${minutesLeft} min left ──\n`);
  if (!(await run(each))) failed.push(each.name);
}
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(`\n${chosen.length - failed.length} of ${chosen.length} cases measured in ${minutes} min.`);
if (!quick) console.log('Their tables are in bench/RESULTS.md.');
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
